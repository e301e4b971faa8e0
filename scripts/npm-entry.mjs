// npm start, npm run demo, npm test: one way in that works from a fresh checkout, on any Node from 18 on and
// without a dependency. It installs what is missing, then hands over to the Node the product brings along.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode } from '../bin/bundled-node.mjs';
import { needsInstall, run, runNpm } from './processes.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...rest] = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  if (!['start', 'demo', 'test'].includes(task)) {
    console.error(`usage: node scripts/npm-entry.mjs start|demo|test [more arguments]`);
    return 2;
  }
  const why = needsInstall(root);
  if (why !== null) {
    console.log(`Installing packages (npm ci --ignore-scripts): ${why}.`);
    const code = await runNpm(root, [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    if (code !== 0) return failed('the packages could not be installed; the lines above say why', code);
  }
  const node = bundledNode(root) ?? process.execPath;
  if (existsSync(join(root, 'main/sandbox/build/build.ts'))) {
    const code = await run(root, node, ['main/sandbox/build/build.ts']);
    if (code !== 0) return failed('the sandbox could not be built; the lines above say why', code);
    // Without them the editor still completes from a list.
    await run(root, node, ['--disable-warning=ExperimentalWarning', 'scripts/script-types.ts']);
  }
  if (task === 'test') return (await import('./test-run.mjs')).testRun(root, node, rest);
  if (task === 'demo') return run(root, node, ['bin/userferry.mjs', 'demo', ...rest]);
  return (await import('./start-run.mjs')).startRun(root, node, rest);
}

function failed(sentence, code) {
  console.error(`${task}: ${sentence}.`);
  return code === 0 ? 1 : code;
}
