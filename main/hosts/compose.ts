import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '#domain/secret.ts';
import { createEngine, type Engine, type NoteBug } from '#engine/create-engine.ts';
import type { Clock } from '#engine/ports/clock.ts';
import type { ScriptLanguage } from '#engine/ports/script-language.ts';
import type { Identity, Ports, Versions } from '#engine/ports/ports.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import type { Workbench } from '#engine/ports/workbench.ts';
import { maskedRunner } from '#engine/scripts/masked-runner.ts';
import { readAccessLog } from '#access-log/read-access-log.ts';
import { openAuditWork } from '#audit/audit-work.ts';
import { markScript } from '#audit/mark-script.ts';
import { createExportPort } from '#exporters/export-port.ts';
import { searchHash } from '#hashing/lab.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { configFolder } from '#hosts/config-folder.ts';
import { openBulkImport } from '#hosts/import-thread.ts';
import { openLegacyFor } from '#hosts/open-legacy.ts';
import { peopleText } from '#hosts/people-text.ts';
import { renderPlan } from '#hosts/render-plan.ts';
import { renderReport } from '#hosts/render-report.ts';
import { scriptModules, scriptRuntime } from '#hosts/script-modules.ts';
import { growHeapSlowly } from '#hosts/slow-heap.ts';
import { scriptTypes, typeChecker } from '#language/locate.ts';
import { createScriptLanguage } from '#language/script-language.ts';
import { inspectLegacy } from '#legacy/introspect.ts';
import type { OpenLegacyStoreOptions } from '#legacy/open-legacy-store.ts';
import { scriptLinter } from '#lint/lint-script.ts';
import { checkFields } from '#project/check-fields.ts';
import { checkProject } from '#project/check-project.ts';
import { readConnectionSource } from '#project/connection-source.ts';
import { editSettings } from '#project/edit-settings.ts';
import { createFolders } from '#project/folders.ts';
import { initProject } from '#project/init-project.ts';
import { lockProject } from '#project/project-lock.ts';
import { madeExports } from '#project/made-exports.ts';
import { createProjectStore } from '#project/project-store.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { readImportFile } from '#project/read-import-file.ts';
import { createRecentProjects } from '#project/recent-projects.ts';
import { scriptFiles } from '#project/script-files.ts';
import { listScriptTemplates, readScriptTemplate } from '#project/script-templates.ts';
import { starterScript } from '#project/starter-script.ts';
import { createScriptTexts } from '#project/script-texts.ts';
import { createSecretFiles } from '#project/secret-files.ts';
import { settingsFiles } from '#project/settings-files.ts';
import { settingsToStartWith } from '#project/starter-settings.ts';
import { createTrialFolders } from '#project/trial-folders.ts';
import { replicaComparer } from '#replica/compare.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { SANDBOX_BUILTINS } from '#sandbox/modules/manifest.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

export interface ComposeOptions {
  /** Told about mistakes of ours, for a line on the error output. */
  readonly noteBug: NoteBug;
  /** What seals secrets here; without it they are kept in a file that only this account may read. */
  readonly vault?: SecretVault;
  /** Another clock than this machine's. */
  readonly clock?: Clock;
  /** How long a legacy database may take to let somebody in, and for one statement; milliseconds. */
  readonly legacyLimits?: OpenLegacyStoreOptions;
}

/** Builds the adapters and the engine over them. The same for every host. */
export function compose(options: ComposeOptions): Engine {
  return createEngine(createPorts(options), options.noteBug);
}

function createPorts({ clock = machineClock, legacyLimits, ...options }: ComposeOptions): Ports {
  const vault = options.vault ?? null;
  const environment = { ...process.env };
  const openLegacy = openLegacyFor(environment, vault, legacyLimits);
  return {
    clock,
    identity,
    versions: versions(),
    projects: createProjectStore(environment, vault),
    trialFolders: createTrialFolders(),
    replicas: replicaOpener,
    openBulkImport,
    passwords: createPasswordVerifier(),
    openLegacy,
    searchHash,
    openAuditWork,
    readAccessLog,
    markScript,
    scriptFiles,
    inspectLegacy,
    editSettings,
    exports: createExportPort(readConnectionSource),
    starterSettings: ({ settings }) => settingsToStartWith(settings),
    // The engine itself brokers the sockets of scripts and writes the replica: it wants a core too.
    defaultWorkers: Math.max(1, Math.min(8, availableParallelism())),
    initProject: (request) => initProject(request, Date.now()),
    checkProject: (project) => checkProject(project, openLegacy),
    readImportFile,
    credentials: (project) => readCredentials(project),
    lockProject,
    createScriptRunner: async (wanted) => {
      // Workers that are to be kept are for single runs.
      if (wanted.keepWorkers !== true) growHeapSlowly();
      return maskedRunner(await createScriptRunner(wanted));
    },
    comparer: replicaComparer,
    scriptModules,
    linter: scriptLinter,
    workbench: createWorkbench(environment, vault),
    language: createLanguage(),
    renderReport,
    renderPlan,
    peopleText,
  };
}

function createLanguage(): ScriptLanguage {
  const { folder, untyped } = scriptTypes();
  return createScriptLanguage({
    executable: typeChecker(),
    typesFolder: folder,
    untyped,
    modules: scriptModules(),
    builtins: SANDBOX_BUILTINS,
  });
}

function createWorkbench(environment: NodeJS.ProcessEnv, vault: SecretVault | null): Workbench {
  return {
    recent: createRecentProjects(configFolder(environment, process.platform, homedir())),
    folders: createFolders(homedir()),
    settings: settingsFiles,
    secrets: createSecretFiles(environment, vault),
    scripts: createScriptTexts(environment, vault),
    templates: { list: listScriptTemplates, read: readScriptTemplate, starter: starterScript },
    exports: madeExports,
    checkFields,
  };
}

const machineClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};

const identity: Identity = {
  trialId: (nowMs) => {
    const moment = new Date(nowMs).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
    return `${moment}-${randomBytes(2).toString('hex')}`;
  },
  checksum: (text) => createHash('sha256').update(text).digest('hex'),
  password: () => new Secret(`Uf-${randomBytes(15).toString('base64url')}`),
};

function versions(): Versions {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return { userferry: manifest.version, node: process.version, scriptRuntime: scriptRuntime() };
}
