const MASK = '*****';

/**
 * A value that must not be printed. Text, JSON and inspection all show a mask; only `reveal` gives the
 * value, so a search for `.reveal(` lists every place where a secret is used.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
