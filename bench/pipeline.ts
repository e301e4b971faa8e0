import { createHash } from 'node:crypto';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { Pipeline } from '#domain/pipeline/pipeline.ts';
import { rulesProgram } from '#domain/pipeline/rules-program.ts';
import { loginPass } from '#engine/pipeline/login-passes.ts';
import { type PipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';
import { MARY, NOW } from '#test/pipeline.ts';
import { benchOptions, secondsOf } from './common/options.ts';
import { figure } from './common/rows.ts';
import { rateOf } from './common/timing.ts';

/*
 * What Actions and Rules cost at each login, beside a login script that does nothing, in one run: the sandbox's own
 * part, without what the code does. Run: node --no-node-snapshot bench/pipeline.ts [--seconds S]
 */
const seconds = secondsOf(benchOptions(), 3);
const WORKERS = 2;

const ACTION = `exports.onExecutePostLogin = async (event, api) => {
  const { app_metadata: account, email } = event.user;
  api.idToken.setCustomClaim('https://shop.example/plan', account.plan || 'basic');
  if (email.endsWith('@partner.example')) api.accessToken.setCustomClaim('https://shop.example/partner', true);
  if (event.stats.logins_count === 1) api.user.setAppMetadata('moved', true);
};`;
const RULE = `function (user, context, callback) {
  context.idToken['https://shop.example/plan'] = (user.app_metadata || {}).plan || 'basic';
  callback(null, user, context);
}`;
const LOGIN = `function login(user, password, callback) { callback(null, { user_id: '1', email: user }); }`;

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex');
const runner = await createScriptRunner({ workers: WORKERS, egress: [] });

function hostOf(actions: number, rules: number): PipelineHost {
  const named = Array.from({ length: actions }, (_one, index) => {
    const text = `// ${index}\n${ACTION}`;
    return {
      name: `a${index}`,
      path: '',
      text,
      checksum: checksum(text),
      triggers: [],
      secrets: new Map(),
      dependencies: [],
    };
  });
  const pipeline: Pipeline = {
    actions: new Map(named.map((one) => [one.name, one])),
    bindings: new Map([['post-login', named.map(({ name }) => name)]]),
    rules: Array.from({ length: rules }, (_one, order) => ({
      name: `r${order}`,
      path: '',
      text: RULE,
      checksum: '',
      order,
      enabled: true,
    })),
    configuration: {},
    hooks: new Map(),
    problems: [],
  };
  const program = rulesProgram(pipeline.rules);
  return {
    pipeline,
    mode: 'actions+rules',
    runner,
    assumptions: DEFAULT_ASSUMPTIONS,
    connection: 'acme',
    timeLimitMs: 20_000,
    detail: 'counts',
    container: 'warm',
    roles: [],
    programs: {
      action: (name) => ({ slot: 'action', ...pipeline.actions.get(name)! }),
      hook: () => {
        throw new Error('no hooks here');
      },
      rules: { slot: 'rules', text: program.text, checksum: checksum(program.text), place: program.place },
    },
    caches: new Map(),
  };
}

/** Logins a second, with as many at once as the runner takes. */
async function rate(login: () => Promise<void>): Promise<number> {
  await Promise.all(Array.from({ length: runner.concurrency }, login));
  return rateOf(runner.concurrency, seconds, login);
}

async function script(): Promise<void> {
  const { ending } = await runner.run({
    script: { slot: 'login', text: LOGIN, checksum: checksum(LOGIN) },
    args: ['mary@example.com', 'x'],
    password: null,
    configuration: {},
    container: 'warm',
    timeLimitMs: 20_000,
    passwordChecks: { kind: 'true' },
    detail: 'counts',
  });
  if (ending !== 'called-back') throw new Error(ending);
}

function pass(host: PipelineHost): () => Promise<void> {
  const around = surroundingsOf('acme', NOW);
  return async () => {
    const { failed } = await loginPass(host, around, MARY, 'bench');
    if (failed !== null) throw new Error(failed.detail);
  };
}

const baseline = await rate(script);
const name = 'a login script that does nothing';
figure(name, baseline, 'runs/s');
for (const [actions, rules] of [
  [1, 0],
  [3, 0],
  [10, 0],
  [0, 3],
  [3, 3],
] as const) {
  const perSecond = await rate(pass(hostOf(actions, rules)));
  const steps = actions + rules;
  console.log(
    `${actions} Actions, ${rules} Rules: ${((1000 / perSecond / steps) * WORKERS).toFixed(3)} ms a step`,
  );
  figure(`steps of a login with ${actions} Actions and ${rules} Rules`, perSecond * steps, 'runs/s', {
    baseline: { name, figure: baseline },
  });
}
await runner.close();
