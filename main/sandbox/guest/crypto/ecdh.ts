import { callForBytes, callHost, inputBytes, output, requireText } from './host-crypto.ts';

interface Pair {
  readonly priv: Uint8Array;
  readonly pub: Uint8Array;
}

export class ECDH {
  readonly #curve: string;
  #privateKey: Uint8Array = new Uint8Array();
  #publicKey: Uint8Array = new Uint8Array();

  constructor(curve: string) {
    requireText(curve, 'curve');
    this.#curve = curve;
    callHost('ecdh', curve, 'new');
  }

  static convertKey(
    key: unknown,
    curve: string,
    inputEncoding?: string,
    outputEncoding?: string,
    format = 'uncompressed',
  ): unknown {
    requireText(curve, 'curve');
    return output(
      callForBytes('ecdh', curve, 'conv', inputBytes(key, inputEncoding, 'key'), format),
      outputEncoding,
    );
  }

  generateKeys(encoding?: string, format?: string): unknown {
    const pair = callHost('ecdh', this.#curve, 'gen') as Pair;
    this.#privateKey = pair.priv;
    this.#publicKey = pair.pub;
    return this.getPublicKey(encoding, format);
  }

  setPrivateKey(key: unknown, encoding?: string): this {
    this.#privateKey = inputBytes(key, encoding);
    this.#publicKey = inputBytes(callForBytes('ecdh', this.#curve, 'pub', this.#privateKey));
    return this;
  }

  setPublicKey(key: unknown, encoding?: string): this {
    this.#publicKey = inputBytes(key, encoding, 'key');
    return this;
  }

  getPrivateKey(encoding?: string): unknown {
    return output(this.#privateKey, encoding);
  }

  getPublicKey(encoding?: string, format = 'uncompressed'): unknown {
    if (format === 'uncompressed') return output(this.#publicKey, encoding);
    return output(callForBytes('ecdh', this.#curve, 'conv', this.#publicKey, format), encoding);
  }

  computeSecret(key: unknown, inputEncoding?: string, outputEncoding?: string): unknown {
    const secret = callForBytes('ecdh', this.#curve, 'sec', this.#privateKey, inputBytes(key, inputEncoding));
    return output(secret, outputEncoding);
  }
}
