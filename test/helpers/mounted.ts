import { spawnSync } from 'node:child_process';
import { temporaryFolder } from '#test/temporary-folder.ts';

function system(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

/** What is missing to mount file systems here, or null. For `describeWith`. */
export function mountMissing(): string | null {
  if (process.platform !== 'linux') return 'Linux';
  const folder = temporaryFolder('mount');
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (status !== 0) return 'the right to mount a file system';
  spawnSync('umount', [folder]);
  return null;
}

/** A disk of its own below a temporary folder, gone after `work`. */
export async function withDisk<T>(
  kilobytes: number,
  work: (folder: string, resize: (kilobytes: number) => void) => Promise<T>,
): Promise<T> {
  const folder = temporaryFolder('disk');
  system('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder);
  try {
    return await work(folder, (size) => system('mount', '-o', `remount,size=${size}k`, folder));
  } finally {
    system('umount', '-l', folder);
  }
}

/** The folder seen through a mount that nobody can write to, root neither. */
export async function withReadOnly<T>(folder: string, work: (readOnly: string) => Promise<T>): Promise<T> {
  const place = temporaryFolder('readonly');
  system('mount', '--bind', folder, place);
  try {
    system('mount', '-o', 'remount,ro,bind', place);
    return await work(place);
  } finally {
    system('umount', '-l', place);
  }
}
