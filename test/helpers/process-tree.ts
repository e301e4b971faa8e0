import { readFileSync } from 'node:fs';
import { childrenOf } from '#test/userferry.ts';

export interface SeenProcess {
  readonly pid: number;
  readonly command: string;
  readonly environment: string;
}

/** A process and everything below it, as other accounts (command) and its owner (environment) see them. */
export function processTree(root: number): readonly SeenProcess[] {
  return [...seen(root), ...childrenOf(root).flatMap(processTree)];
}

function seen(pid: number): readonly SeenProcess[] {
  try {
    const text = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', ' ');
    return [{ pid, command: text('cmdline'), environment: text('environ') }];
  } catch {
    return [];
  }
}
