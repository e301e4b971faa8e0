import argon2 from '@node-rs/argon2';
import bcrypt from '@node-rs/bcrypt';
import { bytes, exact, field, LeafError, optional, text, textOrBytes, whole } from './leaf-arguments.ts';
import type { PasswordPlans } from './password-plan.ts';

/** Cost 16 takes seconds on one core; a script that asks for more is not a login. */
const MOST_BCRYPT_ROUNDS = 16;
const MOST_ARGON2_KIB = 256 * 1024;
const MOST_ARGON2_WORK = 4 * 1024 * 1024;

/**
 * The module tenants have knows the versions `2`, `2a` and `2b` only: it answers false to `$2y$` hashes, which are
 * otherwise the same as `$2b$`. What is not a bcrypt hash is a mismatch, not an error.
 */
function comparable(stored: string): boolean {
  return /^\$2[ab]?\$(?:0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}$/.test(stored);
}

function boundedCost(stored: string): void {
  const cost = Number(stored.split('$')[2]);
  if (cost > MOST_BCRYPT_ROUNDS) throw new LeafError('bcrypt cost beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
}

export async function bcryptCompare(plans: PasswordPlans, password: unknown, hash: unknown): Promise<boolean> {
  const given = textOrBytes(password);
  const stored = text(hash);
  const verdict = plans.compare(given);
  if (verdict !== 'compute') return verdict === 'right';
  if (!comparable(stored)) return false;
  boundedCost(stored);
  return bcrypt.verify(given, stored);
}

export function bcryptCompareSync(plans: PasswordPlans, password: unknown, hash: unknown): boolean {
  const given = textOrBytes(password);
  const stored = text(hash);
  const verdict = plans.compare(given);
  if (verdict !== 'compute') return verdict === 'right';
  if (!comparable(stored)) return false;
  boundedCost(stored);
  return bcrypt.verifySync(given, stored);
}

function hashOptions(saltOrRounds: unknown): { salt: string } | { cost: number; version: '2b' } {
  if (typeof saltOrRounds === 'string') {
    boundedCost(saltOrRounds);
    return { salt: saltOrRounds };
  }
  return { cost: rounds(saltOrRounds), version: '2b' };
}

/** As the module does: below 4 becomes 4, above 31 becomes 31 (which the sandbox then refuses). */
function rounds(value: unknown): number {
  const asked = typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 10;
  return whole(Math.max(4, asked === 0 ? 10 : asked), 4, MOST_BCRYPT_ROUNDS);
}

export async function bcryptHash(password: unknown, saltOrRounds: unknown): Promise<string> {
  return bcrypt.hash(textOrBytes(password), hashOptions(saltOrRounds));
}

export function bcryptHashSync(password: unknown, saltOrRounds: unknown): string {
  return bcrypt.hashSync(textOrBytes(password), hashOptions(saltOrRounds));
}

export function bcryptGenSaltSync(roundsAsked: unknown, minor: unknown): string {
  return bcrypt.genSaltSync({ cost: rounds(roundsAsked), version: minor === 'a' ? '2a' : '2b' });
}

export async function argon2Verify(plans: PasswordPlans, digest: unknown, password: unknown, options: unknown): Promise<boolean> {
  const given = textOrBytes(password);
  const stored = text(digest);
  const verdict = plans.compare(given);
  if (verdict !== 'compute') return verdict === 'right';
  const secret = optional(field(options, 'secret'), bytes);
  const parameters = argon2.parseOptions(stored);
  boundedArgon2(parameters.memoryCost, parameters.timeCost);
  return argon2.verify(stored, given, secret === undefined ? {} : { secret });
}

function boundedArgon2(memoryKib: number, passes: number): void {
  if (memoryKib > MOST_ARGON2_KIB || memoryKib * passes > MOST_ARGON2_WORK) {
    throw new LeafError('argon2 cost beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
  }
}

export async function argon2Hash(password: unknown, options: unknown): Promise<string | Uint8Array> {
  const given = textOrBytes(password);
  const number = (name: string, fallback: number, least: number, most: number): number =>
    whole(field(options, name) ?? fallback, least, most);
  const memoryCost = number('memoryCost', 65_536, 8, MOST_ARGON2_KIB);
  const timeCost = number('timeCost', 3, 1, 1000);
  boundedArgon2(memoryCost, timeCost);
  const salt = optional(field(options, 'salt'), bytes);
  const secret = optional(field(options, 'secret'), bytes);
  const chosen = {
    memoryCost,
    timeCost,
    parallelism: number('parallelism', 4, 1, 64),
    outputLen: number('hashLength', 32, 4, 1024),
    algorithm: number('type', 2, 0, 2),
    version: field(options, 'version') === 0x10 ? 0 : 1,
    ...(salt === undefined ? {} : { salt }),
    ...(secret === undefined ? {} : { secret }),
  };
  if (field(options, 'raw') === true) return exact(await argon2.hashRaw(given, chosen));
  return argon2.hash(given, chosen);
}
