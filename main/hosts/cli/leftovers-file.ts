import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Leftover } from '#contract/plan.ts';
import { sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { LEFTOVERS_HEAD, leftoverRows } from '#reporters/plan-leftovers.ts';

/** People in need on their way to a CSV: it takes its name once it is complete. Readable by its owner only. */
export class LeftoversFile {
  readonly #path: string;
  readonly #unfinished: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#unfinished = unfinishedPath(path);
  }

  async begin(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    sweepUnfinished(dirname(this.#path), this.#path);
    this.#file = await open(this.#unfinished, 'w', 0o600);
    await this.#file.writeFile(LEFTOVERS_HEAD);
  }

  async add(people: readonly Leftover[]): Promise<void> {
    await this.#file!.writeFile(leftoverRows(people));
  }

  async keep(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rename(this.#unfinished, this.#path);
  }

  /** Leaves nothing behind of a list that was not kept. */
  async drop(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rm(this.#unfinished, { force: true });
  }
}
