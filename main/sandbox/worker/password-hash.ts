import argon2 from '@node-rs/argon2';
import bcrypt from '@node-rs/bcrypt';
import { bytes, field, LeafError, optional, text, textOrBytes, whole } from './leaf-arguments.ts';
import type { PasswordPlans } from './password-plan.ts';

/** Cost 16 takes seconds on one core; a script that asks for more is not a login. */
const MOST_BCRYPT_ROUNDS = 16;
const MOST_ARGON2_KIB = 256 * 1024;
const MOST_ARGON2_WORK = 4 * 1024 * 1024;

/**
 * Which versions a module accepts is decided by its published code in the guest (bcrypt refuses `$2y$`, bcryptjs takes
 * it); here all are the same computation. What is not a bcrypt hash is a mismatch, not an error.
 */
const HASH = /^\$2([aby]?)\$(0[4-9]|[12][0-9]|3[01])\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const SALT = /^\$2[aby]?\$(0[4-9]|[12][0-9]|3[01])\$([./A-Za-z0-9]{22})/;
const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A salt's last character stands for two bits; whatever else it says is ignored by the modules, but not by the library. */
function canonicalSalt(salt: string): string {
  return salt.slice(0, 21) + ALPHABET[ALPHABET.indexOf(salt[21]!) & 0x30]!;
}

/** The hash as the library spells it, or null if it is none. */
function comparable(stored: string): string | null {
  const parts = HASH.exec(stored);
  return parts === null ? null : `$2b$${parts[2]!}$${canonicalSalt(parts[3]!)}${parts[4]!}`;
}

function boundedCost(stored: string): void {
  const cost = Number(stored.split('$')[2]);
  if (cost > MOST_BCRYPT_ROUNDS)
    throw new LeafError('bcrypt cost beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
}

export async function bcryptCompare(
  plans: PasswordPlans,
  password: unknown,
  hash: unknown,
): Promise<boolean> {
  const given = textOrBytes(password);
  const stored = text(hash);
  const hashed = comparable(stored);
  const verdict = plans.compare(given);
  // Text that is no bcrypt hash matches no password, assumed or not.
  if (hashed === null) return false;
  if (verdict !== 'compute') return verdict === 'right';
  boundedCost(hashed);
  return bcrypt.verify(given, hashed);
}

export function bcryptCompareSync(plans: PasswordPlans, password: unknown, hash: unknown): boolean {
  const given = textOrBytes(password);
  const stored = text(hash);
  const hashed = comparable(stored);
  const verdict = plans.compare(given);
  // Text that is no bcrypt hash matches no password, assumed or not.
  if (hashed === null) return false;
  if (verdict !== 'compute') return verdict === 'right';
  boundedCost(hashed);
  return bcrypt.verifySync(given, hashed);
}

interface BcryptSalt {
  readonly cost: number;
  readonly salt: Buffer;
}

/** A whole salt, as the modules make them: `$2b$10$` and 22 characters that stand for 16 bytes. */
function bcryptSalt(salt: unknown): BcryptSalt {
  const parts = SALT.exec(text(salt));
  if (parts === null) throw new LeafError('not a bcrypt salt');
  boundedCost(parts[0]);
  const bits = Array.from(parts[2]!, (char) => ALPHABET.indexOf(char).toString(2).padStart(6, '0')).join('');
  const salted = Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2),
  );
  return { cost: Number(parts[1]), salt: Buffer.from(salted) };
}

export async function bcryptHash(password: unknown, salt: unknown): Promise<string> {
  const { cost, salt: own } = bcryptSalt(salt);
  return bcrypt.hash(textOrBytes(password), cost, own);
}

export function bcryptHashSync(password: unknown, salt: unknown): string {
  const { cost, salt: own } = bcryptSalt(salt);
  return bcrypt.hashSync(textOrBytes(password), cost, own);
}

export interface Argon2Request {
  readonly password: Buffer;
  readonly length: number;
  readonly memoryBytes: number;
  readonly compute: () => Promise<Buffer>;
}

/** The raw digest; the published module writes and reads the encoded form itself. */
export function argon2Request(options: unknown): Argon2Request {
  const number = (name: string, least: number, most: number): number =>
    whole(field(options, name), least, most);
  const password = bytes(field(options, 'password'));
  const length = number('hashLength', 4, 1024);
  const memoryCost = number('memoryCost', 8, MOST_ARGON2_KIB);
  const timeCost = number('timeCost', 1, 1000);
  if (memoryCost * timeCost > MOST_ARGON2_WORK) {
    throw new LeafError('argon2 cost beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
  }
  if ((optional(field(options, 'associatedData'), bytes)?.length ?? 0) > 0) {
    throw new LeafError('argon2 with associated data is not supported by the sandbox');
  }
  const secret = optional(field(options, 'secret'), bytes);
  const chosen = {
    memoryCost,
    timeCost,
    parallelism: number('parallelism', 1, 64),
    outputLen: length,
    algorithm: number('type', 0, 2),
    version: field(options, 'version') === 0x10 ? 0 : 1,
    salt: bytes(field(options, 'salt')),
    ...(secret === undefined || secret.length === 0 ? {} : { secret }),
  };
  return {
    password,
    length,
    memoryBytes: memoryCost * 1024,
    compute: () => argon2.hashRaw(password, chosen),
  };
}
