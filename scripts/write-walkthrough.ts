// Writes docs/walkthrough.md: runs every step of a migration from init to a verified proof in an empty folder and
// puts what the commands print into the page. test/hosts/cli/walkthrough.e2e.spec.ts runs the page's commands again.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../bin/userferry.mjs', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/walkthrough.md', import.meta.url));
/** Outputs longer than this are shortened in the middle, visibly. */
const HEAD_LINES = 14;
const TAIL_LINES = 16;

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'walkthrough-'));
const page: string[] = [];

function say(...paragraphs: readonly string[]): void {
  for (const paragraph of paragraphs) page.push(paragraph, '');
}

function run(command: string, expected: number): string {
  const [program = '', ...words] = command.split(' ');
  const [file, args] = program === 'userferry' ? [process.execPath, [LAUNCHER, ...words]] : [program, words];
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== expected) throw new Error(`${command} ended with ${status}\n${stdout}${stderr}`);
  return stdout.replaceAll(`${folder}/`, '');
}

function show(command: string, expected = 0): void {
  const lines = run(command, expected).trimEnd().split('\n');
  const shown =
    lines.length > HEAD_LINES + TAIL_LINES + 3
      ? [
          ...lines.slice(0, HEAD_LINES),
          `[… ${lines.length - HEAD_LINES - TAIL_LINES} lines …]`,
          ...lines.slice(-TAIL_LINES),
        ]
      : lines;
  const end = expected === 0 ? [] : [`(exit code ${expected})`];
  page.push(
    '```console',
    `$ ${command}`,
    ...shown.filter((line, at) => at > 0 || line !== ''),
    ...end,
    '```',
    '',
  );
}

interface Listed {
  readonly record: {
    readonly id: string;
    readonly options: { readonly kind: string };
    readonly phases: readonly { readonly failed: number }[];
  };
}

function trial(kind: string): { readonly id: string; readonly failed: number } {
  const { result } = JSON.parse(run('userferry trials list -p acme --json', 0)) as {
    result: readonly Listed[];
  };
  const found = result.find(({ record }) => record.options.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind} trial`);
  return { id: found.record.id, failed: found.record.phases.reduce((sum, phase) => sum + phase.failed, 0) };
}

try {
  say(
    '# From a new project to a verified proof',
    'Every command of this page was run, and what it printed is below it, long outputs shortened in the middle. The page is written by `scripts/write-walkthrough.ts`; trial ids and dates are those of that run.',
    '## 1. A project',
    'The sample is a whole legacy store with planted faults, so nothing has to be connected. For a store of your own, name it instead: `userferry init acme --from postgresql`.',
  );
  show('userferry init acme --from sample --users 300 --seed 7');
  show('userferry check -p acme');
  say(
    '## 2. Two rehearsals',
    'Every user through `get_user` and `login`, with the password check answered by the rehearsal; then all of them as import files. Exit code 1 says that there are findings.',
  );
  show('userferry trial lazy -p acme --depth assumed', 1);
  show('userferry trial bulk -p acme', 1);
  const lazy = trial('lazy');
  const bulk = trial('bulk');
  say(
    '## 3. A release that is refused',
    'No trial stands for a script while more of its users failed than were allowed. Nothing is written.',
  );
  show(`userferry export -p acme -f deploy-directory -t ${lazy.id} -o release`, 1);
  say(
    '## 4. A release with a proof',
    `In a real migration the causes are mended and the trial is repeated. Here the ${lazy.failed} planted failures are understood, so they are accepted by number, and the proof says so. A key makes it a signed one.`,
  );
  show('openssl genpkey -algorithm ed25519 -out key.pem');
  show('openssl pkey -in key.pem -pubout -out pub.pem');
  show(
    `userferry export -p acme -f deploy-directory -t ${lazy.id} --allow ${lazy.failed} --sign key.pem -o release`,
  );
  show('userferry verify release --key pub.pem');
  say(
    'The folder is what the Auth0 Deploy CLI reads: `a0deploy import -c config.json -i release`. Other formats are in [export.md](export.md).',
    '## 5. Import files',
    'The files are those of the trial, checked once more, with the order of uploads and the list of users who need attention.',
  );
  show(
    `userferry export -p acme -f import-files -t ${bulk.id} --allow ${bulk.failed} --accept-random-passwords -o upload`,
  );
  say(
    '## 6. Somebody changes a script',
    'One line more in a script, after the release was signed, and it is no longer what was rehearsed.',
  );
  appendFileSync(join(folder, 'release/database-connections/acme-customers/login.js'), '// quick fix\n');
  page.push(
    '```console',
    "$ echo '// quick fix' >> release/database-connections/acme-customers/login.js",
    '```',
    '',
  );
  show('userferry verify release --key pub.pem', 1);
  writeFileSync(PAGE, `${page.join('\n').trimEnd()}\n`);
  console.log(`${PAGE}: ${readFileSync(PAGE, 'utf8').split('\n').length} lines`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
