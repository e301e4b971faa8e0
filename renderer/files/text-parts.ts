/** Characters that are held as text before they are handed to the browser. */
const HELD = 1_000_000;

/** A file that comes in pieces. The browser keeps what has come, on disk where it is large, and not this page. */
export class TextParts {
  readonly #done: Blob[] = [];
  #held: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#held.push(text);
    this.#length += text.length;
    if (this.#length >= HELD) this.#handOver();
  }

  blob(): Blob {
    this.#handOver();
    return new Blob(this.#done);
  }

  #handOver(): void {
    this.#done.push(new Blob(this.#held));
    this.#held = [];
    this.#length = 0;
  }
}
