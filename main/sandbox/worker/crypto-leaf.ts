import crypto from 'node:crypto';
import { createKey, exportKey, keyArgument } from './crypto-keys.ts';
import { agreeLeaf, diffieHellmanLeaf, isPrimeLeaf, primeLeaf } from './key-exchange-leaf.ts';
import { bytes, exact, field, LeafError, optional, text, textOrBytes, whole } from './leaf-arguments.ts';
import { bcryptCompareSync, bcryptHashSync } from './password-hash.ts';
import type { PasswordPlans } from './password-plan.ts';
import { LIMITS } from '../protocol.ts';

const MOST_RANDOM_BYTES = 1 << 20;
const MOST_KEY_BYTES = 1 << 16;
/** About five seconds of SHA-512 on one core. */
export const MOST_PBKDF2_ROUNDS = 10_000_000;
const MOST_SCRYPT_BYTES = 256 * 1024 * 1024;

type Cipher = crypto.Cipheriv | crypto.Decipheriv;
type Leaf = (args: readonly unknown[]) => unknown;

/** Password hashing that keeps the isolate waiting, by the names that scripts know. */
const SYNC_NAMES = {
  pbkdf2: 'pbkdf2Sync',
  scrypt: 'scryptSync',
  bcryptCompareSync: 'compareSync',
  bcryptHashSync: 'hashSync',
} as const;

/** The synchronous part of `node:crypto` for one container. */
export class CryptoLeaf {
  readonly #plans: PasswordPlans;
  readonly #ciphers = new Map<number, { readonly cipher: Cipher; readonly decrypts: boolean }>();
  #nextCipher = 1;

  constructor(plans: PasswordPlans) {
    this.#plans = plans;
  }

  /** Whether the operation is password hashing, whose time is told apart. */
  static hashes(operation: unknown): operation is keyof typeof SYNC_NAMES {
    return typeof operation === 'string' && Object.hasOwn(SYNC_NAMES, operation);
  }

  /** What scripts call such an operation. */
  static nameOf(operation: unknown): string {
    return CryptoLeaf.hashes(operation) ? SYNC_NAMES[operation] : 'hashing';
  }

  run(operation: unknown, args: readonly unknown[]): unknown {
    const leaf =
      typeof operation === 'string' && Object.hasOwn(this.#leaves, operation)
        ? this.#leaves[operation]
        : undefined;
    if (leaf === undefined) throw new LeafError('unknown crypto operation');
    const result = leaf(args);
    return Buffer.isBuffer(result) ? exact(result) : result;
  }

  readonly #leaves: Readonly<Record<string, Leaf>> = {
    hash: ([algorithm, data, length]) =>
      this.#hash(
        text(algorithm),
        bytes(data),
        optional(length, (n) => whole(n, 1, MOST_KEY_BYTES)),
      ),
    hmac: ([algorithm, key, data]) => this.#hmac(text(algorithm), bytes(key), bytes(data)),
    randomBytes: ([size]) => crypto.randomBytes(whole(size, 0, MOST_RANDOM_BYTES)),
    randomUUID: () => crypto.randomUUID(),
    randomInt: ([least, most]) => crypto.randomInt(Number(least), Number(most)),
    pbkdf2: (args) => pbkdf2(this.#plans, args),
    scrypt: (args) => scrypt(this.#plans, args),
    hkdf: ([digest, key, salt, info, length]) =>
      Buffer.from(
        crypto.hkdfSync(text(digest), bytes(key), bytes(salt), bytes(info), whole(length, 0, MOST_KEY_BYTES)),
      ),
    getCiphers: () => crypto.getCiphers(),
    getCurves: () => crypto.getCurves(),
    cipherInfo: ([name, options]) => cipherInfo(name, options),
    createKey: ([kind, key]) => createKey(kind, key),
    exportKey: ([kind, pem, options]) => exportKey(kind, pem, options),
    cipherNew: (args) => this.#openCipher(args),
    cipherUpd: ([id, data]) => this.#cipher(id).cipher.update(bytes(data)),
    cipherOpt: ([id, option, value]) => this.#setCipher(id, option, value),
    cipherFin: ([id]) => this.#finishCipher(id),
    sign: ([algorithm, data, key]) => crypto.sign(signature(algorithm), bytes(data), keyArgument(key)),
    verify: ([algorithm, data, key, signed]) =>
      crypto.verify(signature(algorithm), bytes(data), keyArgument(key), bytes(signed)),
    publicEncrypt: ([key, data]) => crypto.publicEncrypt(keyArgument(key), bytes(data)),
    publicDecrypt: ([key, data]) => crypto.publicDecrypt(keyArgument(key), bytes(data)),
    privateEncrypt: ([key, data]) => crypto.privateEncrypt(keyArgument(key), bytes(data)),
    privateDecrypt: ([key, data]) => crypto.privateDecrypt(keyArgument(key), bytes(data)),
    gkp: ([kind, options]) => generateKeyPair(kind, options),
    ecdh: (args) => ecdh(args),
    dh: diffieHellmanLeaf,
    agree: agreeLeaf,
    prime: primeLeaf,
    isPrime: isPrimeLeaf,
    x509: ([certificate]) => describeCertificate(bytes(certificate)),
    x509m: ([certificate, method, argument]) => askCertificate(bytes(certificate), method, argument),
    bcryptCompareSync: ([password, hash]) => bcryptCompareSync(this.#plans, password, hash),
    bcryptHashSync: ([password, salt]) => bcryptHashSync(password, salt),
  };

  #hash(algorithm: string, data: Buffer, length: number | undefined): Uint8Array {
    const make = (): Buffer =>
      crypto
        .createHash(algorithm, length === undefined ? undefined : { outputLength: length })
        .update(data)
        .digest();
    return planned(this.#plans, [data], make);
  }

  #hmac(algorithm: string, key: Buffer, data: Buffer): Uint8Array {
    return planned(this.#plans, [data, key], () => crypto.createHmac(algorithm, key).update(data).digest());
  }

  #openCipher([decrypts, algorithm, key, iv, tagLength]: readonly unknown[]): number {
    if (this.#ciphers.size >= LIMITS.ciphersPerContainer)
      throw new LeafError('too many open ciphers', 'ERR_OUT_OF_RANGE');
    const name = text(algorithm) as crypto.CipherGCMTypes;
    const vector = optional(iv, bytes) ?? null;
    const length = optional(tagLength, (n) => whole(n, 4, 16));
    const options = length === undefined ? undefined : { authTagLength: length };
    const open = decrypts === 1 || decrypts === true ? crypto.createDecipheriv : crypto.createCipheriv;
    const cipher = open(name, bytes(key), vector as Buffer, options);
    const id = this.#nextCipher++;
    this.#ciphers.set(id, { cipher, decrypts: open === crypto.createDecipheriv });
    return id;
  }

  #cipher(id: unknown): { readonly cipher: Cipher; readonly decrypts: boolean } {
    const found = this.#ciphers.get(whole(id, 1, Number.MAX_SAFE_INTEGER));
    if (found === undefined) throw new LeafError('unknown cipher');
    return found;
  }

  #setCipher(id: unknown, option: unknown, value: unknown): number {
    const { cipher } = this.#cipher(id);
    if (option === 'pad') cipher.setAutoPadding(value === true);
    else if (option === 'aad') (cipher as crypto.CipherGCM).setAAD(bytes(value));
    else (cipher as crypto.DecipherGCM).setAuthTag(bytes(value));
    return 0;
  }

  #finishCipher(id: unknown): { readonly out: Uint8Array; readonly tag?: Uint8Array } {
    const { cipher, decrypts } = this.#cipher(id);
    this.#ciphers.delete(id as number);
    const out = exact(cipher.final());
    if (decrypts) return { out };
    try {
      return { out, tag: exact((cipher as crypto.CipherGCM).getAuthTag()) };
    } catch {
      // Not an authenticating mode.
      return { out };
    }
  }
}

/** A digest over inputs that may hold the password: computed, or what the plan says. */
function planned(plans: PasswordPlans, inputs: readonly Uint8Array[], make: () => Buffer): Uint8Array {
  const made = make();
  const { answer, remember } = plans.digest(inputs, made.length);
  remember?.(made);
  return exact(answer ?? made);
}

export interface Pbkdf2Arguments {
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly rounds: number;
  readonly length: number;
  readonly digest: string;
}

export function pbkdf2Arguments([
  password,
  salt,
  rounds,
  length,
  digest,
]: readonly unknown[]): Pbkdf2Arguments {
  return {
    password: Buffer.from(textOrBytes(password)),
    salt: Buffer.from(textOrBytes(salt)),
    rounds: whole(rounds, 1, MOST_PBKDF2_ROUNDS),
    length: whole(length, 0, MOST_KEY_BYTES),
    digest: text(digest),
  };
}

function pbkdf2(plans: PasswordPlans, args: readonly unknown[]): Uint8Array {
  const { password, salt, rounds, length, digest } = pbkdf2Arguments(args);
  const { answer, remember } = plans.digest([password], length);
  const made = answer ?? crypto.pbkdf2Sync(password, salt, rounds, length, digest);
  remember?.(made);
  return exact(made);
}

export interface ScryptArguments {
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly length: number;
  readonly options: crypto.ScryptOptions;
}

export function scryptArguments([password, salt, length, options]: readonly unknown[]): ScryptArguments {
  const number = (names: readonly string[], fallback: number): number => {
    const given = names.map((name) => field(options, name)).find((value) => value !== undefined);
    return given === undefined ? fallback : whole(given, 1, 2 ** 31 - 1);
  };
  const cost = number(['N', 'cost'], 16_384);
  const blockSize = number(['r', 'blockSize'], 8);
  const parallelization = number(['p', 'parallelization'], 1);
  if (128 * cost * blockSize > MOST_SCRYPT_BYTES || cost * blockSize * parallelization > 2 ** 25) {
    throw new LeafError('scrypt cost beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
  }
  const maxmem = number(['maxmem'], 32 * 1024 * 1024);
  return {
    password: Buffer.from(textOrBytes(password)),
    salt: Buffer.from(textOrBytes(salt)),
    length: whole(length, 0, MOST_KEY_BYTES),
    options: { cost, blockSize, parallelization, maxmem: Math.min(maxmem, 2 * MOST_SCRYPT_BYTES) },
  };
}

function scrypt(plans: PasswordPlans, args: readonly unknown[]): Uint8Array {
  const { password, salt, length, options } = scryptArguments(args);
  const { answer, remember } = plans.digest([password], length);
  const made = answer ?? crypto.scryptSync(password, salt, length, options);
  remember?.(made);
  return exact(made);
}

function signature(algorithm: unknown): string | null {
  return algorithm === null || algorithm === undefined ? null : text(algorithm).replace(/^RSA-/i, '');
}

function cipherInfo(name: unknown, options: unknown): crypto.CipherInfo | null {
  const number = (key: string): number | undefined =>
    optional(field(options, key), (n) => whole(n, 0, 65_536));
  const keyLength = number('keyLength');
  const ivLength = number('ivLength');
  const chosen = {
    ...(keyLength === undefined ? {} : { keyLength }),
    ...(ivLength === undefined ? {} : { ivLength }),
  };
  return crypto.getCipherInfo(name as string, chosen) ?? null;
}

function generateKeyPair(kind: unknown, options: unknown): { readonly pub: string; readonly priv: string } {
  const encodings = {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  } as const;
  const pair = ((): { publicKey: string; privateKey: string } => {
    switch (kind) {
      case 'rsa':
      case 'rsa-pss':
        return crypto.generateKeyPairSync('rsa', {
          modulusLength: whole(field(options, 'modulusLength'), 512, 4096),
          ...encodings,
        });
      case 'ec':
        return crypto.generateKeyPairSync('ec', {
          namedCurve: text(field(options, 'namedCurve')),
          ...encodings,
        });
      case 'ed25519':
      case 'ed448':
      case 'x25519':
      case 'x448':
        return crypto.generateKeyPairSync(kind as 'ed25519', encodings);
      default:
        throw new LeafError('unsupported kind of key');
    }
  })();
  return { pub: pair.publicKey, priv: pair.privateKey };
}

function ecdh([curve, step, first, second]: readonly unknown[]): unknown {
  const exchange = crypto.createECDH(text(curve));
  switch (step) {
    case 'new':
      return 0;
    case 'gen':
      exchange.generateKeys();
      return { priv: exact(exchange.getPrivateKey()), pub: exact(exchange.getPublicKey()) };
    case 'pub':
      exchange.setPrivateKey(bytes(first));
      return exchange.getPublicKey();
    case 'conv':
      return crypto.ECDH.convertKey(
        bytes(first),
        text(curve),
        undefined,
        undefined,
        text(second) as 'compressed',
      );
    case 'sec':
      exchange.setPrivateKey(bytes(first));
      return exchange.computeSecret(bytes(second));
    default:
      throw new LeafError('unknown step of a key exchange');
  }
}

const CERTIFICATE_FIELDS = [
  'subject',
  'subjectAltName',
  'issuer',
  'infoAccess',
  'validFrom',
  'validTo',
  'fingerprint',
  'fingerprint256',
  'fingerprint512',
  'serialNumber',
  'ca',
  'raw',
] as const;

function describeCertificate(data: Buffer): Record<string, unknown> {
  const certificate = new crypto.X509Certificate(data);
  return Object.fromEntries(
    CERTIFICATE_FIELDS.map((name) => {
      const value = certificate[name];
      return [name, Buffer.isBuffer(value) ? exact(value) : value];
    }),
  );
}

function askCertificate(data: Buffer, method: unknown, argument: unknown): unknown {
  const certificate = new crypto.X509Certificate(data);
  switch (method) {
    case 'pub':
      return certificate.publicKey.export({ type: 'spki', format: 'pem' });
    case 'verify':
      return certificate.verify(crypto.createPublicKey(text(argument)));
    case 'toString':
      return certificate.toString();
    case 'checkHost':
      return certificate.checkHost(text(argument)) ?? null;
    case 'checkEmail':
      return certificate.checkEmail(text(argument)) ?? null;
    case 'checkIP':
      return certificate.checkIP(text(argument)) ?? null;
    default:
      throw new LeafError('unknown question to a certificate');
  }
}
