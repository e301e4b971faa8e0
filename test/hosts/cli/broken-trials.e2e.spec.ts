import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyOf, SCRIPTS, told, trial, trialsOf } from '#test/bad-input.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

cleanAfterwards();

let onFile = '';

beforeAll(async () => {
  onFile = await sqliteSampleProject(join(temporaryFolder('bad-input'), 'acme'), { users: 300 });
});

describe('trials', () => {
  let project = '';
  let finished = '';
  beforeAll(async () => {
    project = copyOf(onFile);
    await userferry(['trial', 'bulk', '-p', project, '--quiet']);
    finished = trialsOf(project)[0]!;
  });

  const fault = (says: string, message: RegExp) => ({
    code: 2,
    says,
    message: expect.stringMatching(message),
  });

  it('that are finished cannot go on', async () => {
    expect(await told('trial', 'resume', finished, '-p', project)).toEqual(
      fault('input-invalid', /is finished; there is nothing to resume/),
    );
  });

  it.each([
    ['trials', 'show', 'nope'],
    ['trial', 'resume', '20261124-000000-abcd'],
    ['report', '../../etc'],
    ['trials', 'delete', 'nope', '--yes'],
  ])('that are not there are a fault: %s %s %s', async (...args) => {
    expect(await told(...args, '-p', project)).toEqual(fault('trial-missing', /trial/));
  });

  it.each([
    ['{"id": 5}\n', 'usage', /is not a rejects file: line 1 has no "key"/],
    ['not json\n', 'usage', /is not a rejects file: line 1 has no "key"/],
    ['{"key": [1, 2]}\n', 'input-invalid', /a key of 1 part is needed, this one has 2/],
  ])('are not begun for a file of other users: %j', async (text, says, message) => {
    const mine = copyOf(onFile);
    const file = join(mine, 'foreign.ndjson');
    writeFileSync(file, text);
    expect([await trial(mine, 'bulk', '--only', file), trialsOf(mine)]).toEqual([fault(says, message), []]);
    noteFault('a rejects file of other users', 'command line, bulk trial', 'fault');
  });

  it('are not begun where another one runs, and both say so', async () => {
    const mine = copyOf(onFile);
    stall(mine);
    const first = startUserferry(['trial', 'lazy', '-p', mine, '--progress', 'json']);
    await underWay(first.child.stderr!);
    const second = await trial(mine, 'bulk');
    const count = trialsOf(mine).length;
    first.child.kill('SIGINT');
    expect([second, count, (await first.finished).code]).toEqual([
      fault('project-busy', /^process \d+ is writing to this project$/),
      1,
      130,
    ]);
    noteFault('two processes on one project', 'command line, bulk beside lazy trial', 'fault');
  });

  it('do not go on with other scripts than they began with', async () => {
    const mine = copyOf(onFile);
    stall(mine);
    const started = startUserferry(['trial', 'lazy', '-p', mine, '--progress', 'json']);
    await underWay(started.child.stderr!);
    started.child.kill('SIGINT');
    await started.finished;
    const script = join(mine, SCRIPTS, 'login.js');
    writeFileSync(script, `${readFileSync(script, 'utf8')}\n// edited\n`);
    expect(await told('trial', 'resume', trialsOf(mine)[0]!, '-p', mine)).toEqual(
      fault('trial-changed', /cannot go on: the login script changed since it began/),
    );
    noteFault('scripts changed before it was resumed', 'command line, lazy trial', 'fault');
  });

  it('with a damaged replica or record say which, and can be deleted', async () => {
    const mine = copyOf(project);
    const file = join(mine, 'trials', finished, 'replica.db');
    truncateSync(file, 5_000);
    const damaged = await told('report', finished, '-p', mine);
    rmSync(file);
    const missing = await told('report', finished, '-p', mine);
    truncateSync(join(mine, 'trials', finished, 'trial.json'), 200);
    const torn = await told('report', finished, '-p', mine);
    const listed = await userferry(['trials', 'list', '-p', mine]);
    const deleted = await userferry(['trials', 'delete', finished, '-p', mine, '--yes']);
    expect({
      damaged,
      missing,
      torn,
      listed: listed.stdout,
      deleted: deleted.code,
      left: trialsOf(mine),
    }).toEqual({
      damaged: fault('replica-damaged', /the replica is damaged/),
      missing: fault('trial-missing', /the trial has no replica/),
      torn: fault('trial-missing', /is damaged: trial\.json is cut off or not JSON/),
      listed: expect.stringMatching(/damaged +trial\.json is cut off or not JSON/),
      deleted: 0,
      left: [],
    });
    for (const what of ['replica cut off', 'replica missing', 'trial.json torn'])
      noteFault(what, 'command line, report', 'fault');
  });
});

/** A login script that takes its time, so that a trial is surely in the middle of a batch. */
function stall(project: string): void {
  writeFileSync(
    join(project, SCRIPTS, 'login.js'),
    'function login(email, password, callback) {\n  setTimeout(function () { callback(null); }, 15000);\n}\n',
  );
}

/** Until the first progress of a running trial. */
function underWay(stderr: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    stderr.on('data', (text: string) => {
      if (text.includes('"status":"running"')) resolve();
    });
  });
}
