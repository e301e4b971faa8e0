import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';

/**
 * A file that is written piece by piece and takes its name once it is complete: readers see the old text or the new
 * one. Readable by its owner only.
 */
export class UnfinishedFile {
  readonly #path: string;
  readonly #unfinished: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#unfinished = unfinishedPath(path);
  }

  async begin(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    sweepUnfinished(dirname(this.#path), this.#path);
    this.#file = await open(this.#unfinished, 'w', 0o600);
    await this.add(text);
  }

  async add(text: string): Promise<void> {
    await this.#file!.writeFile(text);
  }

  async keep(): Promise<void> {
    await this.#close();
    await rename(this.#unfinished, this.#path);
  }

  /** Leaves nothing behind of what was not kept. */
  async drop(): Promise<void> {
    await this.#close();
    await rm(this.#unfinished, { force: true });
  }

  async #close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}
