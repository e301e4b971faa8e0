import type { Assumptions } from '#domain/assumptions.ts';
import type { CacheRecord } from '#domain/pipeline/commands.ts';
import type { Pipeline, PipelineMode } from '#domain/pipeline/pipeline.ts';
import { rulesProgram, type RulesProgram } from '#domain/pipeline/rules-program.ts';
import { REHEARSAL, type Surroundings } from '#domain/pipeline/surroundings.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';
import { Fault } from '#engine/fault.ts';
import type { Identity } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Program, ScriptAttempt, ScriptRunner } from '#engine/ports/script-runner.ts';
import { spellingsOf } from '#engine/scripts/secret-spellings.ts';

/** Time that all steps of one trigger have together, milliseconds. */
export const TRIGGER_MS = 20_000;

/** What runs of a pipeline share: programs, walls, and what the cache of each trigger holds. */
export interface PipelineHost {
  readonly pipeline: Pipeline;
  readonly mode: PipelineMode;
  readonly runner: ScriptRunner;
  readonly assumptions: Assumptions;
  readonly connection: string;
  readonly timeLimitMs: number;
  readonly detail: ScriptAttempt['detail'];
  readonly container: ScriptAttempt['container'];
  readonly roles: readonly string[];
  readonly programs: Programs;
  /** Spellings of its secrets, which no step may show. */
  readonly hidden?: readonly string[];
  readonly caches: Map<TriggerName, readonly CacheRecord[]>;
}

interface Programs {
  readonly action: (name: string) => Program;
  readonly hook: (name: string) => Program;
  readonly rules: Program & Pick<RulesProgram, 'place'>;
}

export interface PipelineOptions {
  readonly mode: PipelineMode;
  readonly runner: ScriptRunner;
  readonly assumptions: Assumptions;
  readonly timeLimitMs?: number;
  readonly detail?: ScriptAttempt['detail'];
  readonly container?: ScriptAttempt['container'];
  readonly roles?: readonly string[];
}

/** Null where nothing is to be run. Fault: `project-invalid`, where the files of the pipeline cannot be used. */
export function pipelineHost(
  project: Project,
  identity: Identity,
  { mode, runner, assumptions, ...options }: PipelineOptions,
): PipelineHost | null {
  const { pipeline } = project;
  if (mode === 'off' || pipeline === undefined) return null;
  assertUsable(pipeline);
  return {
    pipeline,
    mode,
    runner,
    assumptions,
    connection: project.settings.connection,
    timeLimitMs: Math.min(TRIGGER_MS, options.timeLimitMs ?? TRIGGER_MS),
    detail: options.detail ?? 'full',
    container: options.container ?? 'warm',
    roles: options.roles ?? [],
    programs: programsOf(pipeline, identity),
    hidden: spellingsOf(secretsOf(pipeline)),
    caches: new Map(),
  };
}

function secretsOf({ actions, hooks }: Pipeline): readonly string[] {
  return [...actions.values(), ...hooks.values()].flatMap(({ secrets }) =>
    [...secrets.values()].map((one) => one.reveal()),
  );
}

/** Fault: `project-invalid` with everything that is wrong. */
export function assertUsable({ problems }: Pipeline): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new Fault('project-invalid', `${first.message.replace(/\.$/, '')}${more}`, {
    doing: 'loading Actions, Rules and Hooks',
    help: 'Run "userferry check" to see all of it with its fixes, or go on without them (--pipeline off).',
    problems: errors,
  });
}

function programsOf(pipeline: Pipeline, identity: Identity): Programs {
  const hooks = new Map([...pipeline.hooks.values()].map((hook) => [hook.name, hook]));
  const program = rulesProgram(pipeline.rules);
  return {
    action: (name) => {
      const { text, checksum } = pipeline.actions.get(name)!;
      return { slot: 'action', text, checksum };
    },
    hook: (name) => {
      const { text, checksum } = hooks.get(name)!;
      return { slot: 'hook', text, checksum };
    },
    rules: {
      slot: 'rules',
      text: program.text,
      checksum: identity.checksum(program.text),
      place: program.place,
    },
  };
}

export function surroundingsOf(
  connection: string,
  nowMs: number,
  changes: Partial<Omit<Surroundings, 'connection' | 'nowMs'>> = {},
): Surroundings {
  const { tenant, issuer, clientId, clientName, protocol, scopes } = REHEARSAL;
  return {
    tenant,
    issuer,
    clientId,
    clientName,
    protocol,
    scopes,
    audience: null,
    prompt: null,
    returns: {},
    body: {},
    ...changes,
    connection,
    nowMs,
  };
}
