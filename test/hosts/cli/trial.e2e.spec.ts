import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '#contract/report.ts';

const launcher = fileURLToPath(new URL('../../../bin/userferry.mjs', import.meta.url));
let folder = '';

function userferry(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function bulk(...args: readonly string[]): { readonly status: number | null; readonly report: Report } {
  const { status, stdout } = userferry('trial', 'bulk', '-p', 'acme', '--json', ...args);
  const document = JSON.parse(stdout) as { readonly result: unknown };
  return { status, report: reportSchema.parse(document.result) };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'userferry-trial-'));
  const { status, stderr } = userferry('init', 'acme', '--from', 'sample', '--users', '400', '--seed', '7');
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a bulk trial', () => {
  it('ends with 1 for findings and with 0 where they are allowed', () => {
    const first = bulk();
    const [counts] = first.report.counts;
    const again = bulk('--allow', String(counts!.failed));
    expect({
      first: [first.status, first.report.verdict, counts!.failed > 0, counts!.done],
      again: [again.status, again.report.verdict],
      adds: counts!.ok + counts!.failed + counts!.skipped,
    }).toEqual({ first: [1, 'findings', true, 400], again: [0, 'clean'], adds: 400 });
  });

  it('leaves its reports beside it, and nothing in them that was not asked for', () => {
    const { report } = bulk();
    const trial = join(folder, 'acme', 'trials', report.trial.id);
    const json = readFileSync(join(trial, 'report.json'), 'utf8');
    const html = readFileSync(join(trial, 'report.html'), 'utf8');
    expect({
      same: reportSchema.parse(JSON.parse(json)),
      page: html.startsWith('<!doctype html>') && html.includes(report.trial.id),
      persons: report.causes.flatMap((cause) => cause.samples).filter((sample) => sample.who !== null),
    }).toEqual({ same: report, page: true, persons: [] });
  });

  it('tells its progress as NDJSON and its result as text', () => {
    const { stdout, stderr } = userferry('trial', 'bulk', '-p', 'acme', '--progress', 'json');
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly status?: string });
    expect({
      first: events[0]!.type,
      last: events.at(-1)!.status,
      box: /│ FINDINGS {2}trial /.test(stdout),
      colour: stdout.includes('\u001b['),
    }).toEqual({ first: 'cost', last: 'finished', box: true, colour: false });
  });
});

describe('recorded trials', () => {
  it('are listed, shown, compared, reported on and deleted', () => {
    const a = bulk().report.trial.id;
    const b = bulk().report.trial.id;
    const compared = JSON.parse(
      userferry('trials', 'compare', a, b, '--phase', 'bulk', '-p', 'acme', '--json').stdout,
    ) as {
      readonly result: { readonly same: number; readonly fixed: number; readonly broken: number };
    };
    const written = userferry('report', a, '-p', 'acme', '-f', 'junit', '-o', 'out/junit.xml');
    const refused = userferry('trials', 'delete', a, '-p', 'acme');
    const still = existsSync(join(folder, 'acme/trials', a));
    const deleted = userferry('trials', 'delete', a, '-p', 'acme', '--yes');
    const listed = userferry('trials', 'list', '-p', 'acme').stdout;
    expect({
      compared: [compared.result.same, compared.result.fixed, compared.result.broken],
      written: [
        written.status,
        written.stdout,
        readFileSync(join(folder, 'out/junit.xml'), 'utf8').includes('<testsuites'),
      ],
      refused: [refused.status, refused.stderr.includes(`userferry trials delete ${a} --yes`), still],
      deleted: [deleted.status, existsSync(join(folder, 'acme/trials', a))],
      listed: [listed.includes(a), listed.includes(b)],
      gone: userferry('trials', 'show', a, '-p', 'acme').status,
    }).toEqual({
      compared: [400, 0, 0],
      written: [1, 'Wrote out/junit.xml.\n', true],
      refused: [2, true, true],
      deleted: [0, false],
      listed: [false, true],
      gone: 2,
    });
  });
});

describe('Ctrl-C', () => {
  it('stops a trial cleanly, says what was kept, and the named command goes on', async () => {
    const child = spawn(
      process.execPath,
      [launcher, 'trial', 'lazy', '--depth', 'profiles', '-p', 'acme', '--progress', 'json'],
      { cwd: folder },
    );
    let stdout = '';
    let stopped = false;
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => {
      const running = String(chunk).includes('"status":"running"');
      if (running && !stopped) {
        stopped = true;
        child.kill('SIGINT');
        // The launcher and the terminal can both deliver one press.
        child.kill('SIGINT');
      }
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    const command = /^ {2}userferry (trial resume \S+ --project acme)$/m.exec(stdout)?.[1];
    expect({ stopped, code, kept: /Kept: \d+ users? of trial/.test(stdout), command }).toEqual({
      stopped: true,
      code: 130,
      kept: true,
      command: expect.stringMatching(/^trial resume /),
    });
    const finished = userferry(...command!.split(' '), '--json');
    const { result } = JSON.parse(finished.stdout) as { readonly result: Report };
    expect(result.counts.map((counts) => [counts.expected, counts.done, counts.finished])).toEqual([
      [400, 400, true],
    ]);
  });
});
