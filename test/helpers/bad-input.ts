import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

/** Stands for every secret: found in an output, it was leaked. */
export const CANARY = 'canary-pA55word';
export const SCRIPTS = 'database-connections/acme-customers';

interface Settings {
  legacy: Record<string, unknown>;
  users: Record<string, unknown>;
  fields: Record<string, unknown>;
  [name: string]: unknown;
}

/** A project of its own for one mistake. */
export function copyOf(project: string): string {
  const folder = join(temporaryFolder('mistake'), 'acme');
  cpSync(project, folder, { recursive: true });
  return folder;
}

export function edit(project: string, change: (settings: Settings) => void): string {
  const path = join(project, 'userferry.json');
  const settings = JSON.parse(readFileSync(path, 'utf8')) as Settings;
  change(settings);
  writeFileSync(path, JSON.stringify(settings, null, 2));
  return project;
}

/** What a build server sees: exit code, and code and place of the first error or the fault's kind. */
export async function told(...args: readonly string[]) {
  const { code, stdout, stderr } = await userferry([...args, '--json', '--quiet']);
  const document = JSON.parse(stdout) as {
    readonly result?: { readonly diagnostics?: readonly { code: string; message: string; place?: object }[] };
    readonly error?: { readonly kind: string; readonly message: string; readonly help?: string };
  };
  expect({ stderr, leaks: stdout.includes(CANARY) }).toEqual({ stderr: '', leaks: false });
  const [first] = document.result?.diagnostics ?? [];
  return {
    code,
    says: first?.code ?? document.error?.kind,
    message: first?.message ?? document.error?.message,
  };
}

export const check = (project: string) => told('check', '-p', project);
export const trial = (project: string, kind: string, ...args: readonly string[]) =>
  told('trial', kind, '-p', project, ...args);
export const trialsOf = (project: string) =>
  existsSync(join(project, 'trials')) ? readdirSync(join(project, 'trials')) : [];
