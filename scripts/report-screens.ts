// Pictures of the HTML report for docs/screens: the sample is made up, rehearsed in all three kinds and photographed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const screens = join(root, 'docs', 'screens');
const KINDS = ['lazy', 'bulk', 'mixed'] as const;
/** Blink's numbers for the colour scheme that a page is told to prefer. */
const SCHEMES = { light: 1, dark: 0 } as const;

function run(program: string, args: readonly string[], goodCodes: readonly number[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64e6 });
  if (status !== null && goodCodes.includes(status)) return stdout;
  throw new Error(`${program} ended with ${status ?? error?.message}: ${stderr}`);
}

function userferry(...args: readonly string[]): string {
  return run(process.execPath, [join(root, 'bin', 'userferry.mjs'), ...args], [0, 1]);
}

function photograph(page: string, name: string, scheme: keyof typeof SCHEMES): void {
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--hide-scrollbars',
    '--window-size=1280,1500',
    `--blink-settings=preferredColorScheme=${SCHEMES[scheme]}`,
  ];
  run(chromium, [...options, `--screenshot=${join(screens, name)}`, pathToFileURL(page).href], [0]);
}

const work = mkdtempSync(join(tmpdir(), 'userferry-screens-'));
try {
  mkdirSync(screens, { recursive: true });
  const project = join(work, 'acme-migration');
  userferry('init', project, '--from', 'sample', '--users', '2000', '--quiet');
  for (const kind of KINDS) {
    const page = join(work, `${kind}.html`);
    userferry('trial', kind, '-p', project, '--yes', '--quiet');
    userferry('report', '-p', project, '-f', 'html', '-o', page);
    for (const scheme of ['light', 'dark'] as const) {
      photograph(page, `report-${kind}-${scheme}.png`, scheme);
    }
    process.stdout.write(`${kind}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
