// Runs everything that disturbs a trial and prints what became of it: npm run test:faults.
// USERFERRY_FAULTS=long takes many more points; USERFERRY_SEED other ones; --write puts the table into docs/faults.md.
// A file named in USERFERRY_FAULT_MATRIX is kept and added to, so that runs of single files come to one table.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const DOCS = join(root, 'docs', 'faults.md');
const FORM = process.env['USERFERRY_FAULTS'] === 'long' ? 'long' : 'short';
const [BEGIN, END] = [
  `<!-- ${FORM} form: written by "npm run test:faults -- --write" -->`,
  `<!-- end of ${FORM} form -->`,
];

/** What is disturbed elsewhere already counts too: it is run, not repeated. */
const SUITES = {
  int: ['test/faults/', 'test/replica/interruption.int.spec.ts', 'test/replica/processes.int.spec.ts'],
  e2e: [
    'test/faults/',
    'test/trials/kill-and-resume.e2e.spec.ts',
    'test/trials/outage.e2e.spec.ts',
    'test/hosts/cli/disks.e2e.spec.ts',
    'test/hosts/cli/broken-trials.e2e.spec.ts',
  ],
} as const;

interface Row {
  readonly fault: string;
  readonly during: string;
  readonly ending: 'equal' | 'fault';
  readonly times: number;
}

const folder = mkdtempSync(join(tmpdir(), 'userferry-faults-'));
const matrix = process.env['USERFERRY_FAULT_MATRIX'] ?? join(folder, 'matrix.ndjson');
const args = process.argv.slice(2);
const only = args.filter((arg) => !arg.startsWith('--'));
const load = (): string => loadavg()[0]!.toFixed(1);
const before = load();
const startedAt = performance.now();
let failed = false;
for (const [project, files] of Object.entries(SUITES)) {
  const chosen = only.length === 0 ? files : only;
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', project, '--passWithNoTests', ...chosen],
    { cwd: root, stdio: 'inherit', env: { ...process.env, USERFERRY_FAULT_MATRIX: matrix } },
  );
  if (status !== 0) failed = true;
}
const table = tableOf(existsSync(matrix) ? readFileSync(matrix, 'utf8') : '');
rmSync(folder, { recursive: true, force: true });
console.log(`\n${table}`);
if (args.includes('--write') && !failed) write(table);
process.exitCode = failed ? 1 : 0;

function tableOf(lines: string): string {
  const sums = new Map<string, { equal: number; fault: number }>();
  const total = { equal: 0, fault: 0 };
  for (const line of lines.split('\n').filter((one) => one !== '')) {
    const { fault, during, ending, times } = JSON.parse(line) as Row;
    const key = `${fault} | ${during}`;
    const sum = sums.get(key) ?? { equal: 0, fault: 0 };
    sum[ending] += times;
    total[ending] += times;
    sums.set(key, sum);
  }
  const rows = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return [
    `${FORM} form, ${new Date().toISOString().slice(0, 10)}: ${seconds} s on ${availableParallelism()} cores, ${failed ? 'with failures' : 'all as they should be'}; load of the machine ${before} before and ${load()} after`,
    '',
    '| fault | met by | went on or resumed, equal | clear fault |',
    '| --- | --- | ---: | ---: |',
    ...rows.map(([key, { equal, fault }]) => `| ${key} | ${equal} | ${fault} |`),
    `| **all** | | **${total.equal}** | **${total.fault}** |`,
  ].join('\n');
}

function write(text: string): void {
  const page = readFileSync(DOCS, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${DOCS} has no place for the matrix`);
  writeFileSync(DOCS, `${page.slice(0, begin)}${BEGIN}\n\n${text}\n\n${page.slice(end)}`);
}
