import { asBuffer, callHost, inputBytes } from './host-crypto.ts';
import { createPublicKey, KeyObject } from './keys.ts';

/** Fields are read once; questions about the certificate go to the host with its bytes. */
export class X509Certificate {
  readonly #bytes: Uint8Array;

  constructor(data: unknown) {
    this.#bytes = inputBytes(data, undefined, 'buffer');
    const fields = callHost('x509', this.#bytes) as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields))
      Object.defineProperty(this, name, { value: asBuffer(value), enumerable: true });
  }

  #ask(question: string, ...args: unknown[]): unknown {
    return callHost('x509m', this.#bytes, question, ...args) ?? undefined;
  }
  checkHost(name: string): unknown {
    return this.#ask('checkHost', name);
  }
  checkEmail(email: string): unknown {
    return this.#ask('checkEmail', email);
  }
  checkIP(address: string): unknown {
    return this.#ask('checkIP', address);
  }
  get publicKey(): KeyObject {
    return createPublicKey(this.#ask('pub'));
  }
  verify(key: KeyObject): unknown {
    return this.#ask('verify', KeyObject.material(key));
  }
  toString(): string {
    return String(this.#ask('toString'));
  }
}
