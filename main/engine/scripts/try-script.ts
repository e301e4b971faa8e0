import type { z } from 'zod';
import type { Attempt, scenarioSchema } from '#contract/scripts.ts';
import type { PipelineRun } from '#contract/pipeline.ts';
import type { slotSchema } from '#contract/slot.ts';
import type { PipelineMode } from '#domain/pipeline/pipeline.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { Secret } from '#domain/secret.ts';
import { Fault } from '#engine/fault.ts';
import { pipelineAfterTry } from '#engine/pipeline/after-try.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Script, ScriptRun, ScriptRunner } from '#engine/ports/script-runner.ts';
import { type ScriptInput, scriptArgs } from '#engine/scripts/script-args.ts';
import { possibleKeys } from '#engine/scripts/possible-keys.ts';
import { scenarioFindings } from '#engine/scripts/scenario-findings.ts';
import { orCancelled } from '#engine/trials/outage.ts';
import { toAttempt } from '#engine/scripts/to-attempt.ts';

export interface TryRequest {
  readonly project: string;
  readonly slot: z.infer<typeof slotSchema>;
  /** Runs in the slot's place, as it stands in an editor. */
  readonly text?: string | undefined;
  readonly identifier: string;
  readonly password?: string | undefined;
  readonly newPassword?: string | undefined;
  readonly newEmail?: string | undefined;
  readonly scenario: z.infer<typeof scenarioSchema>;
  /** What runs after a login that gave a profile. */
  readonly pipeline: PipelineMode;
  readonly timeLimitMs: number;
}

/** Runs one script for one user in a scenario, with everything recorded and nothing saved. Fault `cancelled` by the signal. */
export async function tryScript(
  ports: Ports,
  request: TryRequest,
  signal = new AbortController().signal,
): Promise<{ attempts: Attempt[]; pipeline?: PipelineRun | null }> {
  const project = await ports.projects.open(request.project);
  const script = await scriptToTry(ports, project, request);
  const legacy = await ports.openLegacy(project, { forScripts: true });
  try {
    const network =
      request.scenario === 'db-down' ? 'down' : request.scenario === 'db-slow' ? 'slow' : 'normal';
    const runner = await ports.createScriptRunner({
      workers: 1,
      keepWorkers: true,
      network,
      egress: [
        ...legacy.egress,
        ...project.settings.egress.map((rule) => ({ ...rule, because: 'egress in userferry.json' })),
      ],
    });
    try {
      const identifier = await identifierOfKey(project, legacy, request.identifier);
      const attempts = attemptsOf(ports, project, legacy, runner, script, { ...request, identifier });
      const done = await orCancelled(attempts, signal);
      const last = done.at(-1);
      if (request.pipeline === 'off' || last?.slot !== 'login' || last.ending !== 'called-back')
        return { attempts: done };
      const after = pipelineAfterTry(ports, project, runner, request.pipeline, last.value);
      return { attempts: done, pipeline: await orCancelled(after, signal) };
    } finally {
      // With an attempt still running this ends its worker.
      await runner.close();
    }
  } finally {
    await legacy.close();
  }
}

const KEY = 'key:';

/** `key:4711`, as reports name users: what the person with this key would type into the login form. */
async function identifierOfKey(project: Project, legacy: LegacyAccess, identifier: string): Promise<string> {
  if (!identifier.startsWith(KEY)) return identifier;
  const text = identifier.slice(KEY.length);
  for (const key of possibleKeys(text)) {
    const row = await legacy.store.find(key);
    if (row === null) continue;
    const { user } = mapRow(row, key, project.settings.fields);
    const typed = user?.email ?? user?.username ?? null;
    if (typed !== null) return typed;
    throw new Fault('input-invalid', `the row with key ${text} has neither e-mail address nor username`);
  }
  throw new Fault('input-invalid', `no legacy user has the key ${text}`, {
    help: 'Keys are shown as reports and rejects name them; composite keys are written as a JSON list.',
  });
}

async function scriptToTry(ports: Ports, project: Project, { slot, text }: TryRequest): Promise<Script> {
  if (text === undefined) return scriptOf(project, slot);
  const filled = await ports.workbench.scripts.fill(project.folder, text);
  return { slot, text: filled, checksum: ports.identity.checksum(filled) };
}

function scriptOf(project: Project, slot: TryRequest['slot']): Script {
  const script = project.scripts.get(slot);
  if (script !== undefined) return script;
  throw new Fault('project-invalid', `the connection has no ${slot} script`, {
    where: `database-connections/${project.settings.connection}`,
    help: 'Add the script and its entry in customScripts of database.json.',
  });
}

async function attemptsOf(
  ports: Ports,
  project: Project,
  legacy: LegacyAccess,
  runner: ScriptRunner,
  script: Script,
  request: TryRequest,
): Promise<Attempt[]> {
  const run = (input: ScriptInput, which: Script = script): Promise<ScriptRun> =>
    runner.run({
      script: which,
      args: scriptArgs(which.slot, input, project.connection.enableScriptContext),
      password: which.slot === 'login' ? new Secret(input.password) : null,
      configuration: { ...project.configuration, ...legacy.configuration },
      container: 'warm',
      timeLimitMs: request.timeLimitMs,
      passwordChecks: { kind: 'true' },
      detail: 'full',
    });
  const input = inputOf(ports, project, request);
  switch (request.scenario) {
    case 'username': {
      const identifier = await usernameOf(project, run, input);
      return [toAttempt(script.slot, await run({ ...input, identifier }))];
    }
    case 'twice':
      return [toAttempt(script.slot, await run(input)), toAttempt(script.slot, await run(input))];
    default: {
      const done = await run(input);
      return [toAttempt(script.slot, done, scenarioFindings(script.slot, request.scenario, done))];
    }
  }
}

function inputOf(ports: Ports, project: Project, request: TryRequest): ScriptInput {
  const needsPassword = request.slot === 'login' || request.slot === 'create';
  const password = request.password ?? (needsPassword ? missing('password', request.slot) : '');
  const newPassword =
    request.newPassword ?? (request.slot === 'change_password' ? missing('new password', request.slot) : '');
  const newEmail =
    request.newEmail ?? (request.slot === 'change_email' ? missing('new e-mail', request.slot) : '');
  return {
    identifier: identifierOf(ports, request),
    password: request.scenario === 'wrong-password' ? ports.identity.password().reveal() : password,
    newPassword,
    newEmail,
    connection: project.settings.connection,
  };
}

function missing(what: string, slot: string): never {
  throw new Fault('input-invalid', `${slot} cannot be tried without a ${what}`);
}

function identifierOf(ports: Ports, request: TryRequest): string {
  switch (request.scenario) {
    case 'unknown':
      return `nobody-${ports.identity.checksum(request.identifier).slice(0, 12)}@example.invalid`;
    case 'other-case':
      return swapCase(request.identifier);
    default:
      return request.identifier;
  }
}

function swapCase(text: string): string {
  return text.replaceAll(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** The username that the connection's own get_user gives for the identifier. */
async function usernameOf(
  project: Project,
  run: (input: ScriptInput, script: Script) => Promise<ScriptRun>,
  input: ScriptInput,
): Promise<string> {
  const { value } = await run(input, scriptOf(project, 'get_user'));
  const username =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Reflect.get(value, 'username')
      : null;
  if (typeof username === 'string' && username !== '') return username;
  throw new Fault(
    'input-invalid',
    'get_user gave no username for this person, so the scenario has nothing to try',
    {
      help: 'Pick a person with a username, or pass the username as the identifier.',
    },
  );
}
