import { bytes, LeafError, text, whole } from './leaf-arguments.ts';

const MOST_DECODERS = 100;

/** Text decoders for encodings the guest cannot decode itself, as `internalBinding('icu')` needs them. */
export class TextLeaf {
  readonly #decoders = new Map<number, TextDecoder>();
  #next = 1;

  run(operation: unknown, args: readonly unknown[]): unknown {
    switch (operation) {
      case 'has':
        return known(text(args[0]));
      case 'one':
        return new TextDecoder(text(args[0]), flags(args[1])).decode(bytes(args[2]));
      case 'new': {
        if (this.#decoders.size >= MOST_DECODERS)
          throw new LeafError('too many open text decoders', 'ERR_OUT_OF_RANGE');
        const id = this.#next++;
        this.#decoders.set(id, new TextDecoder(text(args[0]), flags(args[1])));
        return id;
      }
      case 'dec': {
        const id = whole(args[0], 1, Number.MAX_SAFE_INTEGER);
        const decoder = this.#decoders.get(id);
        if (decoder === undefined) throw new LeafError('unknown text decoder');
        const last = args[2] === true;
        if (last) this.#decoders.delete(id);
        return decoder.decode(bytes(args[1]), { stream: !last });
      }
      default:
        throw new LeafError('unknown text operation');
    }
  }
}

function known(encoding: string): boolean {
  try {
    return new TextDecoder(encoding) instanceof TextDecoder;
  } catch {
    return false;
  }
}

/** Bits of `CONVERTER_FLAGS` in Node's lib: 2 fatal, 4 keep the byte order mark away from the output. */
function flags(value: unknown): { fatal: boolean; ignoreBOM: boolean } {
  const bits = whole(value ?? 0, 0, 7);
  return { fatal: (bits & 2) !== 0, ignoreBOM: (bits & 4) !== 0 };
}
