import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, toolEntry } from './processes.mjs';

// Steps in the order in which they fail fastest. A check counts as one test; vitest counts its own.
const STEPS = {
  typecheck: [check('typescript', 'tsc', '--noEmit', '-p', 'tsconfig.json')],
  'typecheck-pure': [check('typescript', 'tsc', '--noEmit', '-p', 'tsconfig.pure.json')],
  'typecheck-app': ['renderer', 'test/renderer', 'preload'].map((folder) =>
    check('typescript', 'tsc', '--noEmit', '-p', `${folder}/tsconfig.json`),
  ),
  lint: [check('oxlint', 'oxlint', '--type-aware', '--deny-warnings')],
  format: [check('@biomejs/biome', 'biome', 'ci', '.')],
  renderer: [check('vite', 'vite', 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn')],
  unit: [vitest('unit')],
  int: [vitest('int')],
  e2e: [vitest('e2e')],
};

/** Runs the chosen steps (all by default), prints one line of totals last, gives the exit code. */
export async function testRun(root, node, chosen) {
  const { steps, rest } = chooseSteps(chosen);
  if (steps === null) {
    console.error(`npm test: "${rest}" is not a step; choose among ${Object.keys(STEPS).join(', ')}.`);
    return 2;
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of steps) {
    for (const step of STEPS[name]) {
      console.log(`\n── ${name}`);
      const counts = await step(root, node, rest);
      for (const key of Object.keys(total)) total[key] += counts[key];
      if (counts.failed > 0) console.log(`── ${name} failed`);
    }
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

/** `unit int test/domain` gives the steps unit and int, and passes the file filter on to vitest. */
function chooseSteps(chosen) {
  const words = chosen.flatMap((word) =>
    word === 'typecheck' ? ['typecheck', 'typecheck-pure', 'typecheck-app'] : [word],
  );
  const named = words.filter((word) => Object.hasOwn(STEPS, word));
  const rest = words.filter((word) => !Object.hasOwn(STEPS, word));
  const mistaken = rest.find((word) => !word.startsWith('-') && !/[./]/.test(word));
  if (mistaken !== undefined) return { steps: null, rest: mistaken };
  if (named.length > 0) return { steps: named, rest };
  return { steps: rest.length > 0 ? ['unit', 'int', 'e2e'] : Object.keys(STEPS), rest };
}

/** A tool whose exit code is the whole answer. */
function check(packageName, bin, ...args) {
  return async (root, node) => {
    const program = await toolEntry(root, packageName, bin);
    const code = await run(root, node, [program, ...args]);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  };
}

function vitest(project) {
  return async (root, node, filters) => {
    const folder = await mkdtemp(join(tmpdir(), 'userferry-test-'));
    const report = join(folder, `${project}.json`);
    try {
      const program = await toolEntry(root, 'vitest', 'vitest');
      const args = ['run', '--project', project, '--passWithNoTests', ...filters];
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const code = await run(root, node, [program, ...args, ...reporters]);
      return countTests(await readFile(report, 'utf8').catch(() => null), code);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** A file that cannot be loaded has no tests to count, and neither has a crash: each still counts as one failure. */
export function countTests(json, exitCode) {
  if (json === null) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(json);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
