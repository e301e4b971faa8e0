import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { scryptMemory } from '#domain/password/formats/scrypt.ts';
import { readPbkdf2 } from '#domain/password/import-rules.ts';
import type { PasswordCode } from '#domain/password/recognition.ts';

/**
 * Bounds for one check. Numbers above them occur only in damaged or hostile rows: one such check would hold a thread
 * for minutes or take more memory than there is, and no login waits that long.
 */
const LARGEST_BCRYPT_COST = 18;
const MOST_PBKDF2_ROUNDS = 50_000_000;
const LARGEST_MEMORY_MIB = 1024;
const MOST_ARGON2_WORK = 2 ** 23;
const MOST_SCRYPT_WORK = 2 ** 27;

type TooCostly = { readonly code: PasswordCode; readonly reason: string };

function tooCostly(what: string, code: PasswordCode = 'password.cost-high'): TooCostly {
  return { code, reason: `one check would take ${what}` };
}

function argon2Cost(text: string): TooCostly | null {
  const match = /m=(\d+),t=(\d+),p=\d+/.exec(text);
  const [memory, passes] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (memory > LARGEST_MEMORY_MIB * 1024) return tooCostly(`${Math.ceil(memory / 1024)} MiB of memory`);
  return memory * passes > MOST_ARGON2_WORK ? tooCostly(`${passes} passes over ${memory} KiB`) : null;
}

function scryptCost(object: CustomPasswordHash): TooCostly | null {
  const { cost = 16_384, blockSize = 8, parallelization = 1 } = object;
  const mebibytes = Math.ceil(scryptMemory(cost, blockSize, parallelization) / 2 ** 20);
  if (mebibytes > LARGEST_MEMORY_MIB)
    return tooCostly(`${mebibytes} MiB of memory`, 'password.scrypt-memory');
  const work = cost * blockSize * parallelization;
  return work > MOST_SCRYPT_WORK ? tooCostly(`N·r·p = ${work} steps`) : null;
}

/** Why an otherwise valid object is not checked, or null. */
export function costProblem(object: CustomPasswordHash): TooCostly | null {
  const text = object.hash.value.reveal();
  switch (object.algorithm) {
    case 'bcrypt': {
      const cost = Number(text.slice(4, 6));
      return cost > LARGEST_BCRYPT_COST ? tooCostly(`2^${cost} rounds`) : null;
    }
    case 'pbkdf2': {
      const { iterations, length } = readPbkdf2(text)!;
      const rounds = iterations * Math.ceil(length / 64);
      return rounds > MOST_PBKDF2_ROUNDS ? tooCostly(`${rounds} rounds`) : null;
    }
    case 'argon2':
      return argon2Cost(text);
    case 'scrypt':
      return scryptCost(object);
    default:
      return null;
  }
}
