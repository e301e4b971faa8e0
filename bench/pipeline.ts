import { createHash } from 'node:crypto';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { Pipeline } from '#domain/pipeline/pipeline.ts';
import { rulesProgram } from '#domain/pipeline/rules-program.ts';
import { loginPass } from '#engine/pipeline/login-passes.ts';
import { type PipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';
import { MARY, NOW } from '#test/pipeline.ts';

/*
 * What Actions and Rules cost at each login, beside a login script that does nothing, in one run: the sandbox's own
 * part, without what the code does. Run: node --no-node-snapshot bench/pipeline.ts [seconds for each figure]
 */
const budgetMs = Number(process.argv[2] ?? 3) * 1000;
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
  let done = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: runner.concurrency }, async () => {
      while (performance.now() - start < budgetMs) {
        await login();
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
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
const rows: [string, number, number][] = [['login script that does nothing', baseline, 1]];
for (const [actions, rules] of [
  [1, 0],
  [3, 0],
  [10, 0],
  [0, 3],
  [3, 3],
] as const) {
  const perSecond = await rate(pass(hostOf(actions, rules)));
  rows.push([`${actions} Actions, ${rules} Rules`, perSecond, actions + rules]);
}
console.log(`${WORKERS} workers, ${runner.concurrency} logins at once, ${budgetMs / 1000} s a figure`);
console.log(
  `${'what'.padEnd(34)} ${'logins/s'.padStart(9)} ${'ms/login'.padStart(9)} ${'ms/step'.padStart(8)} ${'runs to baseline'.padStart(17)}`,
);
for (const [what, perSecond, steps] of rows) {
  const ms = (1000 / perSecond) * WORKERS;
  console.log(
    `${what.padEnd(34)} ${perSecond.toFixed(0).padStart(9)} ${ms.toFixed(3).padStart(9)} ${(ms / steps).toFixed(3).padStart(8)} ${((perSecond * steps) / baseline).toFixed(2).padStart(17)}`,
  );
}
await runner.close();
