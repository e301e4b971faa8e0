// quick runner: node conf.ts case...
import { writeFileSync } from 'node:fs';
import { caseScript } from './case-script.ts'; import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { countLeaves, differences } from './compare-leaves.ts';
import { runInPlainNode } from './plain-node.ts';
import { startSurroundings } from './surroundings.ts';
import { startSandbox } from '#test/script-runner.ts';
const names = process.argv.slice(2);
const t0 = performance.now();
const s = await startSurroundings();
console.log('servers', Math.round(performance.now() - t0));
const egress = ['127.0.0.1', 'localhost', '::1'].map((host) => ({ host, port: '*', because: 'test' }));
const box = await startSandbox({ egress, snapshots: process.env.SNAP === '1', memoryLimitMb: 256 });
for (const name of names) {
  s.reset();
  let t = performance.now();
  const plain = await runInPlainNode(caseScript(name), s.settings).catch((e) => String(e));
  const tp = Math.round(performance.now() - t);
  s.reset();
  t = performance.now();
  const run = await box.run(caseScript(name), { args: [s.settings, ''], password: null, timeLimitMs: 60000 });
  console.log(
    '==',
    name,
    countLeaves(plain),
    'values; plain',
    tp,
    'ms, sandbox',
    Math.round(performance.now() - t),
    run.ending,
    JSON.stringify(run.error),
    run.findings
      .filter((f) => !/tls-not/.test(f.code))
      .map((f) => f.code + ' ' + f.message.slice(0, 100))
      .slice(0, 5),
  );
  writeFileSync(`/tmp/uf/conf-${name}.json`, JSON.stringify({ plain, box: run.value }, null, 1));
  const found = differences({ [name]: plain }, { [name]: run.value });
  for (const [path, [a, b]] of Object.entries(found))
    console.log(
      ' ',
      path in KNOWN_DIFFERENCES ? '(known)' : '',
      path,
      '\n     plain',
      a.slice(0, 400),
      '\n     box  ',
      b.slice(0, 400),
    );
}
await box.close();
await s.close();
process.exit(0);
