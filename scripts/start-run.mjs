// npm start: the app on a made-up project, in the desktop window where there is one and in a browser otherwise.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findDesktop } from './electron-dist.mjs';
import { run } from './processes.mjs';

const USAGE = `usage: npm start -- [folder] [options]
  folder              the project; made up when it is not there (default: userferry-sample)
  --users N, --seed N how many users to make up, and which
  --desktop           the desktop window or nothing
  --browser           the browser, also where there is a desktop
  other options       as for "userferry serve": --port, --no-open, --idle, …`;

const ABOUT_SAMPLE = ['--users', '--seed'];
const WITH_VALUE = [...ABOUT_SAMPLE, '--port', '--idle', '--forwarded-port', '--origin', '--renderer'];

/** Gives the exit code. */
export async function startRun(root, node, words) {
  if (words.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const { folder, sample, serve, desktop, browser } = chosen(words);
  const found = browser ? { ok: false, reason: '--browser was given' } : findDesktop(root);
  if (!found.ok && desktop) {
    console.error(`The desktop cannot be opened: ${found.reason}.`);
    return 1;
  }
  const project = resolve(root, folder);
  if (!existsSync(join(project, 'userferry.json'))) {
    console.log(`Making up a project in ${folder}.`);
    const init = ['bin/userferry.mjs', 'init', folder, '--from', 'sample', '--quiet', ...sample];
    const code = await run(root, node, init, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) return code;
  }
  if (found.ok) {
    const { electronRun } = await import('./electron-run.mjs');
    return electronRun(root, node, [project]);
  }
  console.log(`Opening in the browser instead of the desktop: ${found.reason}.`);
  return run(root, node, ['bin/userferry.mjs', 'serve', project, ...serve]);
}

function chosen(words) {
  const given = { folder: 'userferry-sample', sample: [], serve: [], desktop: false, browser: false };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    const [name] = word.split('=', 1);
    if (word === '--desktop' || word === '--browser') given[word.slice(2)] = true;
    else if (!word.startsWith('-')) given.folder = word;
    else {
      const list = ABOUT_SAMPLE.includes(name) ? given.sample : given.serve;
      list.push(word);
      if (WITH_VALUE.includes(word) && index + 1 < words.length) list.push(words[(index += 1)]);
    }
  }
  return given;
}
