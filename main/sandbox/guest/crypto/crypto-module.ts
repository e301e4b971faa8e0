/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
/** `require('crypto')`: Node's interface over the primitives of the host. */
import { constantsOf, dump } from '../dump.ts';
import { refusedModule } from '../lib/refusals.ts';
import { processObject } from '../process-object.ts';
import { cipherClasses } from './cipher.ts';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './derive.ts';
import { DiffieHellman, diffieHellman, DiffieHellmanGroup } from './diffie-hellman.ts';
import { ECDH } from './ecdh.ts';
import { createHash, createHmac, hashClasses, hashOnce } from './hash.ts';
import { callHost, type Callback } from './host-crypto.ts';
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  KeyObject,
} from './keys.ts';
import { checkPrime, checkPrimeSync, generatePrime, generatePrimeSync } from './primes.ts';
import { randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual } from './random.ts';
import { keyOperation, signClasses, signOnce, verifyOnce } from './sign.ts';
import { webCrypto } from './webcrypto.ts';
import { X509Certificate } from './x509.ts';

type CipherArguments = [algorithm: string, key: unknown, iv: unknown, options?: { authTagLength?: number }];

/** Node has these; nothing that migrates users was seen to need them. */
const REFUSED = ['secureHeapUsed', 'setEngine', 'setFips'];

function generateKeyPair(type: string, options: object | Callback, given?: Callback): void {
  const callback = given ?? (options as Callback);
  const parameters = given === undefined ? {} : options;
  let pair: ReturnType<typeof generateKeyPairSync>;
  try {
    pair = generateKeyPairSync(type, parameters);
  } catch (error) {
    processObject.nextTick(callback, error);
    return;
  }
  processObject.nextTick(callback, null, pair.publicKey, pair.privateKey);
}

const generateKeySync = (_type: string, { length }: { length: number }): KeyObject =>
  createSecretKey(callHost('randomBytes', length >> 3));

function generateKey(type: string, options: { length: number }, callback: Callback): void {
  processObject.nextTick(callback, null, generateKeySync(type, options));
}

type Exchange = new (...args: never[]) => object;

/** Node's are functions, which may be called without `new`. */
const newless = (target: Exchange): unknown =>
  new Proxy(target, { apply: (_target, _self, args) => Reflect.construct(target, args) as object });

export function cryptoModule(): Record<string, unknown> {
  const { Hash, Hmac } = hashClasses();
  const { Cipheriv, Decipheriv } = cipherClasses();
  const { Sign, Verify } = signClasses();
  const web = webCrypto();
  const constants = (constantsOf('constants') as { crypto: unknown }).crypto;
  const crypto = {
    ...refusedModule('crypto', REFUSED),
    Certificate: class Certificate {},
    // Gone from Node 22, their names are not.
    Cipher: undefined,
    Decipher: undefined,
    DiffieHellman: newless(DiffieHellman),
    DiffieHellmanGroup: newless(DiffieHellmanGroup),
    Cipheriv,
    Decipheriv,
    ECDH,
    Hash,
    Hmac,
    KeyObject,
    Sign,
    Verify,
    X509Certificate,
    checkPrime,
    checkPrimeSync,
    constants,
    createCipheriv: (...args: CipherArguments) => new Cipheriv(...args),
    createDecipheriv: (...args: CipherArguments) => new Decipheriv(...args),
    createDiffieHellman: (...args: ConstructorParameters<typeof DiffieHellman>) => new DiffieHellman(...args),
    createDiffieHellmanGroup: (name: string) => new DiffieHellmanGroup(name),
    createECDH: (curve: string) => new ECDH(curve),
    createHash,
    createHmac,
    createPrivateKey,
    createPublicKey,
    createSecretKey,
    createSign: (algorithm: string) => new Sign(algorithm),
    createVerify: (algorithm: string) => new Verify(algorithm),
    diffieHellman,
    generateKey,
    generateKeyPair,
    generateKeyPairSync,
    generateKeySync,
    generatePrime,
    generatePrimeSync,
    getCipherInfo: (...args: unknown[]) => callHost('cipherInfo', ...args) ?? undefined,
    getCiphers: () => callHost('getCiphers'),
    getCurves: () => callHost('getCurves'),
    getDiffieHellman: (name: string) => new DiffieHellmanGroup(name),
    getFips: () => 0,
    getHashes: () => dump.hashes(),
    getRandomValues: (target: ArrayBufferView) => web.getRandomValues(target),
    hash: hashOnce,
    hkdf,
    hkdfSync,
    pbkdf2,
    pbkdf2Sync,
    privateDecrypt: keyOperation('privateDecrypt'),
    privateEncrypt: keyOperation('privateEncrypt'),
    publicDecrypt: keyOperation('publicDecrypt'),
    publicEncrypt: keyOperation('publicEncrypt'),
    randomBytes,
    randomFill,
    randomFillSync,
    randomInt,
    randomUUID,
    scrypt,
    scryptSync,
    sign: signOnce,
    subtle: web.subtle,
    timingSafeEqual,
    verify: verifyOnce,
    webcrypto: web,
  };
  for (const name of ['prng', 'pseudoRandomBytes', 'rng'])
    Object.defineProperty(crypto, name, { value: randomBytes });
  return crypto;
}
