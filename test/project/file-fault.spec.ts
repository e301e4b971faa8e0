import { expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { fileFault } from '#project/file-fault.ts';

const failed = (code: string) =>
  Object.assign(new Error(`${code}: something, write '/secret/path'`), { code });

it.each([
  ['ENOSPC', 'the disk is full', 'Free some space and try again.'],
  ['EROFS', 'the file system is read-only', 'Choose a folder on a file system that can be written to.'],
  ['EACCES', 'permission is denied', 'Choose a folder that this account may write to.'],
  ['EWEIRD', 'the system answered EWEIRD', undefined],
])('%s is a fault that says what to do', (code, reason, help) => {
  expect(fileFault('project-unwritable', failed(code), 'writing the project', '/a')).toMatchObject({
    kind: 'project-unwritable',
    message: `writing the project failed: ${reason}`,
    doing: 'writing the project',
    where: '/a',
    help,
  });
});

it('a fault stays what it is', () => {
  const fault = new Fault('input-invalid', 'no');
  expect(fileFault('project-unwritable', fault, 'x', 'y')).toBe(fault);
});
