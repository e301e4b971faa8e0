import { expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { fileTrouble } from '#exporters/file-trouble.ts';

function failed(code: string): Error {
  return Object.assign(new Error(`${code}: something with the path in it`), { code });
}

it.each([
  ['ENOSPC', 'the disk is full', 'Free some space, or export to another disk.'],
  ['EROFS', 'the file system is read-only', 'Choose a folder that can be written to.'],
  ['EACCES', 'permission is denied', 'Choose a folder that this account may use.'],
  ['EIO', 'the system answered EIO', 'Check the path.'],
])('%s is a fault that says what and how to go on', (code, reason, help) => {
  const fault = fileTrouble('project-unwritable', failed(code), 'writing the export', '/out') as Fault;
  expect([fault.kind, fault.message, fault.where, fault.help, fault.retryable]).toEqual([
    'project-unwritable',
    `writing the export failed: ${reason}`,
    '/out',
    help,
    true,
  ]);
});

it('leaves faults and mistakes of ours as they are', () => {
  const fault = new Fault('input-invalid', 'x');
  const bug = new TypeError('y');
  const through = (error: unknown) => fileTrouble('project-unwritable', error, 'z', '/out');
  expect([through(fault) === fault, through(bug) === bug]).toEqual([true, true]);
});
