import { createHash } from 'node:crypto';
import { type Assumptions, DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { Pipeline, PipelineMode } from '#domain/pipeline/pipeline.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import { rulesProgram } from '#domain/pipeline/rules-program.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import { type HookPoint, TRIGGERS, type TriggerName } from '#domain/pipeline/triggers.ts';
import { Secret } from '#domain/secret.ts';
import { type PipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { fire, passOf, type PipelinePass } from '#engine/pipeline/transaction.ts';
import type { ScriptRunner } from '#engine/ports/script-runner.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

export const NOW = Date.UTC(2026, 10, 24, 9);

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex');

export const MARY: PipelineUser = {
  profile: {
    userId: '4711',
    email: 'mary@example.com',
    emailVerified: true,
    username: 'mary',
    phoneNumber: null,
    phoneVerified: false,
    name: 'Mary Major',
    nickname: 'mary',
    givenName: 'Mary',
    familyName: 'Major',
    picture: null,
    userMetadata: { locale: 'en' },
    appMetadata: { plan: 'plus' },
    mfaFactors: null,
  },
  other: {},
  connection: 'acme',
  logins: 1,
  createdMs: NOW,
  passwordResetMs: null,
};

export interface PipelineSpec {
  /** Code of each Action, in order; their names are `action-1` and so on. */
  readonly actions?: readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly rules?: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
  readonly hook?: string;
  readonly mode?: PipelineMode;
  readonly assumptions?: Partial<Assumptions>;
  readonly user?: PipelineUser | null;
  readonly around?: Partial<Surroundings>;
  readonly roles?: readonly string[];
  readonly timeLimitMs?: number;
  readonly caches?: PipelineHost['caches'];
}

/** An Action whose handler of the trigger has this body. */
export function action(trigger: TriggerName, body: string): string {
  return `exports.${TRIGGERS[trigger].handler} = async (event, api) => { ${body} };`;
}

export interface PipelineRunner {
  readonly runner: ScriptRunner;
  run(trigger: TriggerName, spec: PipelineSpec): Promise<PipelinePass>;
  close(): Promise<void>;
}

/** Runs pipelines that are given as texts, in the real sandbox. */
export async function startPipelines(): Promise<PipelineRunner> {
  const runner = await createScriptRunner({ workers: 1, egress: [] });
  return {
    runner,
    run: async (trigger, spec) => {
      const host = hostOf(runner, trigger, spec);
      const around = surroundingsOf('acme', NOW, spec.around ?? {});
      const user = spec.user === undefined ? (trigger === 'credentials-exchange' ? null : MARY) : spec.user;
      return passOf(host, around, [await fire(host, trigger, 'test', around, user)], user);
    },
    close: () => runner.close(),
  };
}

function hostOf(runner: ScriptRunner, trigger: TriggerName, spec: PipelineSpec): PipelineHost {
  const code = (name: string, text: string) => ({ name, path: `${name}.js`, text, checksum: checksum(text) });
  const secrets = new Map(Object.entries(spec.secrets ?? {}).map(([key, value]) => [key, new Secret(value)]));
  const actions = (spec.actions ?? []).map((text, index) => ({
    ...code(`action-${index + 1}`, text),
    triggers: [trigger],
    secrets,
    dependencies: [],
  }));
  const rules = (spec.rules ?? []).map((text, order) => ({
    ...code(`rule-${order + 1}`, text),
    order,
    enabled: true,
  }));
  const point = trigger as HookPoint;
  const hooks = new Map(
    spec.hook === undefined
      ? []
      : [[point, { ...code('hook', spec.hook), point, active: true, secrets }] as const],
  );
  const pipeline: Pipeline = {
    actions: new Map(actions.map((one) => [one.name, one])),
    bindings: new Map([[trigger, actions.map(({ name }) => name)]]),
    rules,
    configuration: spec.configuration ?? {},
    hooks,
    problems: [],
  };
  const program = rulesProgram(rules);
  const programOf = <T extends 'action' | 'hook'>(slot: T, text: string) => ({
    slot,
    text,
    checksum: checksum(text),
  });
  return {
    pipeline,
    mode: spec.mode ?? 'actions+rules',
    runner,
    assumptions: { ...DEFAULT_ASSUMPTIONS, ...spec.assumptions },
    connection: 'acme',
    timeLimitMs: spec.timeLimitMs ?? 5_000,
    detail: 'full',
    container: 'warm',
    roles: spec.roles ?? [],
    programs: {
      action: (name) => programOf('action', pipeline.actions.get(name)!.text),
      hook: () => programOf('hook', spec.hook!),
      rules: { slot: 'rules', text: program.text, checksum: checksum(program.text), place: program.place },
    },
    caches: spec.caches ?? new Map(),
  };
}

/** Texts that the steps wrote to the console. */
export function consoleOf({ fired }: PipelinePass): readonly string[] {
  return fired.flatMap(({ run }) =>
    run.steps.flatMap(({ run: ran }) => (ran?.console ?? []).map(({ text }) => text)),
  );
}

/** `name: status`, step by step. */
export function statuses({ fired }: PipelinePass): readonly string[] {
  return fired.flatMap(({ run }) =>
    run.steps.map(({ name, handler, status }) => `${name} ${handler} ${status}`),
  );
}

export function codes({ notices }: PipelinePass): readonly string[] {
  return notices.map(({ code }) => code);
}
