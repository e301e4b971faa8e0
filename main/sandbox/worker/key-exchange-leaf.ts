import crypto from 'node:crypto';
import { bytes, exact, field, LeafError, optional, text, whole } from './leaf-arguments.ts';

/** Finding a longer safe prime takes many seconds, during which the worker could do nothing else. */
const MOST_SAFE_BITS = 512;
const MOST_PRIME_BITS = 2048;
const MOST_MODULUS_BYTES = 2048;

type Exchange = Pick<
  crypto.DiffieHellman,
  'generateKeys' | 'computeSecret' | 'getPrime' | 'getGenerator' | 'getPublicKey' | 'getPrivateKey'
> & { readonly verifyError: number };

/** By the name of a group, from a prime and generator, or anew of a number of bits. */
function openExchange(source: unknown, generator: unknown): Exchange {
  if (typeof source === 'string') return crypto.getDiffieHellman(text(source, 100));
  const base = typeof generator === 'number' ? whole(generator, 0, 2 ** 31 - 1) : bytes(generator);
  if (typeof source === 'number') {
    const size = whole(source, -1, MOST_SAFE_BITS);
    return crypto.createDiffieHellman(size, base as number);
  }
  const prime = bytes(source);
  if (prime.length > MOST_MODULUS_BYTES) throw new LeafError('prime too long', 'ERR_OUT_OF_RANGE');
  return crypto.createDiffieHellman(prime, base as Buffer);
}

/** A group of its own takes no keys, so a key that exists is set on the same numbers without the name. */
function withPrivateKey(exchange: Exchange, key: Buffer): crypto.DiffieHellman {
  const own = crypto.createDiffieHellman(exchange.getPrime(), exchange.getGenerator());
  own.setPrivateKey(key);
  return own;
}

/** Classic Diffie-Hellman. The guest holds the numbers, the host only calculates. */
export function diffieHellmanLeaf(args: readonly unknown[]): unknown {
  const [source, generator, step, key, other] = args;
  const exchange = openExchange(source, generator);
  const privateKey = optional(key, bytes);
  switch (step) {
    case 'new':
      return {
        prime: exact(exchange.getPrime()),
        generator: exact(exchange.getGenerator()),
        verifyError: exchange.verifyError,
      };
    case 'gen': {
      const own = privateKey === undefined ? exchange : withPrivateKey(exchange, privateKey);
      own.generateKeys();
      return { priv: exact(own.getPrivateKey()), pub: exact(own.getPublicKey()) };
    }
    case 'sec': {
      const own = privateKey === undefined ? exchange : withPrivateKey(exchange, privateKey);
      return own.computeSecret(bytes(other));
    }
    default:
      throw new LeafError('unknown step of a key exchange');
  }
}

/** The secret that two keys have in common. */
export function agreeLeaf([privateKey, publicKey, kind]: readonly unknown[]): Buffer {
  const open = kind === 'private' ? crypto.createPrivateKey : crypto.createPublicKey;
  return crypto.diffieHellman({
    privateKey: crypto.createPrivateKey(text(privateKey)),
    publicKey: open(text(publicKey)),
  });
}

export function primeLeaf([bits, options]: readonly unknown[]): Buffer {
  const safe = field(options, 'safe') === true;
  const part = (name: string): Buffer | undefined => optional(field(options, name), bytes);
  const [add, rem] = [part('add'), part('rem')];
  const prime = crypto.generatePrimeSync(whole(bits, 1, safe ? MOST_SAFE_BITS : MOST_PRIME_BITS), {
    safe,
    ...(add === undefined ? {} : { add }),
    ...(rem === undefined ? {} : { rem }),
  });
  return Buffer.from(prime);
}

export function isPrimeLeaf([candidate, checks]: readonly unknown[]): boolean {
  const number = bytes(candidate);
  if (number.length > MOST_MODULUS_BYTES) throw new LeafError('number too long', 'ERR_OUT_OF_RANGE');
  return crypto.checkPrimeSync(number, { checks: whole(checks ?? 0, 0, 1000) });
}
