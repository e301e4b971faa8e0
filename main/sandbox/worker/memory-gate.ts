/** Native memory that key derivations of one worker may hold at once; one larger than this runs alone. */
const SHARED_BYTES = 96 * 1024 * 1024;

/**
 * Lets memory-hard derivations run together only as far as their memory fits: the watchdog counts it as the
 * worker's, and ten logins at once must not look like a script that swells.
 */
export class MemoryGate {
  #held = 0;
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];

  async run<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (!this.#fits(bytes) || this.#waiting.length > 0) {
      await new Promise<void>((start) => this.#waiting.push({ bytes, start }));
    } else this.#held += bytes;
    try {
      return await work();
    } finally {
      this.#held -= bytes;
      this.#admit();
    }
  }

  #fits(bytes: number): boolean {
    return this.#held === 0 || this.#held + bytes <= SHARED_BYTES;
  }

  #admit(): void {
    while (this.#waiting[0] !== undefined && this.#fits(this.#waiting[0].bytes)) {
      const { bytes, start } = this.#waiting.shift()!;
      this.#held += bytes;
      start();
    }
  }
}
