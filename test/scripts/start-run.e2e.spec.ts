import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { get, pathOf } from '#test/loopback.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What npm start does once everything is installed and built; there is never an Electron here. */
function start(...words: readonly string[]) {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { startRun } from ${JSON.stringify(join(root, 'scripts/start-run.mjs'))};
      process.exitCode = await startRun(${JSON.stringify(root)}, process.execPath, ${JSON.stringify(words)});`,
    ],
    { env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', NO_COLOR: '1' } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, code, output: () => output };
}

it('makes up a project, says why there is no desktop, and serves it until Ctrl-C', async () => {
  const folder = temporaryFolder('start');
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html>');
  const project = join(folder, 'sample');
  const started = start(project, '--users', '300', '--no-open', '--renderer', pages);
  const link = await new Promise<string>((resolve, reject) => {
    started.child.stdout.on('data', () => {
      const found = /^ {2}(http:\S+)$/m.exec(started.output());
      if (found !== null) resolve(found[1]!);
    });
    started.child.once('exit', () => reject(new Error(started.output())));
  });
  const { headers } = await get(Number(new URL(link).port), pathOf(link));
  started.child.kill('SIGINT');
  expect({
    code: await started.code,
    made: existsSync(join(project, 'userferry.json')),
    why: /^Opening in the browser instead of the desktop: .+\.$/m.test(started.output()),
    location: headers['location'],
  }).toEqual({
    code: 130,
    made: true,
    why: true,
    location: `/#/project/${encodeURIComponent(project)}`,
  });
});

it('opens nothing else where the desktop was asked for and is not there', async () => {
  const started = start('--desktop', join(temporaryFolder('start'), 'sample'));
  expect({ code: await started.code, output: started.output() }).toEqual({
    code: 1,
    output: expect.stringMatching(/^The desktop cannot be opened: .+\.\n$/),
  });
});
