import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built pages are not there, or could not be built. The message is one sentence. */
export class PagesMissing extends Error {
  override readonly name = 'PagesMissing';
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Folder of the built pages. An installed package brings them along; in a checkout they are built first when
 * their sources are newer, which is told on the error output.
 * @throws PagesMissing
 */
export async function rendererFolder(): Promise<string> {
  const builder = join(root, 'scripts', 'build-renderer.mjs');
  if (!existsSync(builder)) {
    const packaged = join(root, 'dist', 'renderer');
    if (existsSync(join(packaged, 'index.html'))) return packaged;
    throw new PagesMissing('this copy of Userferry is incomplete: it has no pages for the browser');
  }
  const code = await run(builder);
  if (code !== 0) throw new PagesMissing('the pages for the browser could not be built');
  return join(root, 'build', 'renderer');
}

function run(script: string): Promise<number | null> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', process.stderr, process.stderr] });
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
}
