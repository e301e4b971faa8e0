import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '#domain/secret.ts';
import { createEngine, type Engine, type NoteBug } from '#engine/create-engine.ts';
import type { Clock } from '#engine/ports/clock.ts';
import type { Identity, Ports, Versions } from '#engine/ports/ports.ts';
import { openAuditWork } from '#audit/audit-work.ts';
import { markScript } from '#audit/mark-script.ts';
import { createExportPort } from '#exporters/export-port.ts';
import { searchHash } from '#hashing/lab.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { openLegacyFor } from '#hosts/open-legacy.ts';
import { scriptModules, scriptRuntime } from '#hosts/script-modules.ts';
import { inspectLegacy } from '#legacy/introspect.ts';
import { scriptLinter } from '#lint/lint-script.ts';
import { checkProject } from '#project/check-project.ts';
import { readConnectionSource } from '#project/connection-source.ts';
import { editSettings } from '#project/edit-settings.ts';
import { initProject } from '#project/init-project.ts';
import { lockProject } from '#project/project-lock.ts';
import { createProjectStore } from '#project/project-store.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { readImportFile } from '#project/read-import-file.ts';
import { scriptFiles } from '#project/script-files.ts';
import { settingsToStartWith } from '#project/starter-settings.ts';
import { createTrialFolders } from '#project/trial-folders.ts';
import { compareReplicas } from '#replica/compare.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

export interface ComposeOptions {
  /** Told about mistakes of ours, for a line on the error output. */
  readonly noteBug: NoteBug;
}

/** Builds the adapters and the engine over them. The same for every host. */
export function compose(options: ComposeOptions): Engine {
  return createEngine(createPorts(), options.noteBug);
}

function createPorts(): Ports {
  const environment = { ...process.env };
  const openLegacy = openLegacyFor(environment);
  return {
    clock,
    identity,
    versions: versions(),
    projects: createProjectStore(environment),
    trialFolders: createTrialFolders(),
    replicas: replicaOpener,
    passwords: createPasswordVerifier(),
    openLegacy,
    searchHash,
    openAuditWork,
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
    createScriptRunner,
    compareReplicas,
    scriptModules,
    linter: scriptLinter,
  };
}

const clock: Clock = {
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
