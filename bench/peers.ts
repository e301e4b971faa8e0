import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Script } from '#engine/ports/script-runner.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

/*
 * Peers that can be installed from npm, on the same work as ours in the same run. They are looked for in the folder
 * that USERFERRY_PEERS names (install them there with --ignore-scripts); what is not there is left out and says so.
 * Run: USERFERRY_PEERS=/some/folder node --no-node-snapshot bench/peers.ts [seconds for each figure]
 */
const budgetMs = Number(process.argv[2] ?? 3) * 1000;
const folder = process.env['USERFERRY_PEERS'];
const PEER = 'auth0-rules-local-testharness';
const DIGEST = "require('crypto').createHash('sha256').update('a password').digest('hex')";
const skipped: string[] = [];
const table: Record<string, { readonly 'runs/s': string; readonly 'of ours': string }> = {};

async function rate(inFlight: number, run: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 20; warm++) await run();
  let done = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - start < budgetMs) {
        await run();
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
}

const runner = await createScriptRunner({ workers: 2, egress: [] });
const text = `function login(user, password, callback) { callback(null, { user_id: ${DIGEST} }); }`;
const script: Script = { slot: 'login', text, checksum: createHash('sha256').update(text).digest('hex') };
const ours = (container: 'warm' | 'fresh') => async () => {
  const { ending } = await runner.run({
    script,
    args: ['mary@example.com', 'a password'],
    password: null,
    configuration: {},
    container,
    timeLimitMs: 20_000,
    passwordChecks: { kind: 'true' },
    detail: 'counts',
  });
  if (ending !== 'called-back') throw new Error(ending);
};
const warm = await rate(runner.concurrency, ours('warm'));
const fresh = await rate(runner.concurrency, ours('fresh'));
await runner.close();
const row = (perSecond: number) => ({
  'runs/s': perSecond.toFixed(0),
  'of ours': (perSecond / warm).toFixed(2),
});
table['userferry, warm container, an isolate of its own, two processes'] = row(warm);
table['userferry, fresh container for each run'] = row(fresh);

type RulesHarness = (
  rules: readonly string[],
  user: object,
  context: object,
  configuration: object,
) => Promise<void>;

function installed(): RulesHarness | null {
  if (folder === undefined) return null;
  try {
    return createRequire(join(folder, 'package.json'))(PEER) as RulesHarness;
  } catch {
    return null;
  }
}

const harness = installed();
if (harness === null) {
  skipped.push(`${PEER}: not in the folder that USERFERRY_PEERS names`);
} else {
  const rule = `function (user, context, callback) { ${DIGEST}; callback(null, user, context); }`;
  table[`${PEER}, one process, no isolation`] = row(await rate(1, () => harness([rule], {}, {}, {})));
}
console.log(`a script that computes one SHA-256; load of the machine ${loadavg()[0]!.toFixed(1)}`);
console.table(table);
for (const one of skipped) console.log(`left out: ${one}`);
