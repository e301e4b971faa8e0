import { HASH_SCHEMES, type HashScheme } from '#sample/hash-schemes.ts';
import { legacyId } from '#sample/clean-user.ts';
import { FAULT_NAMES, type FaultName, type PlantedFault, plantedFault } from '#sample/planted-faults.ts';
import type { SamplePlan } from '#sample/sample-plan.ts';
import type { SampleOptions } from '#sample/sample-row.ts';

/**
 * What is true about a sample: which rows are wrong, how, and what has to be found. Everything else is sound,
 * which leaves what is true of whole eras and no fault: weak or rewritten hashes, addresses never confirmed.
 */
export interface GroundTruth extends SampleOptions {
  readonly version: 1;
  /** Ids of test accounts: sound, with a known password. */
  readonly accounts: readonly number[];
  readonly faults: readonly GroundTruthFault[];
  readonly schemes: readonly GroundTruthScheme[];
}

export interface GroundTruthFault {
  readonly fault: FaultName;
  readonly description: string;
  /** Ids of the rows that carry the fault, rising. A row carries one fault at most. */
  readonly ids: readonly number[];
  /**
   * Earlier rows that the ones in `ids` clash with, one each and in the order of `ids`. They are sound but for
   * the clash; for `email-non-ascii` they carry the same fault.
   */
  readonly partners: readonly number[];
  readonly expect: PlantedFault['expect'];
}

/** What the target can make of each scheme that the table holds. Not faults: whole eras are like that. */
export interface GroundTruthScheme {
  readonly scheme: HashScheme;
  /** Where a separate or embedded salt goes; null without one. */
  readonly salt: 'before-password' | 'after-password' | 'inside' | null;
  /** How a bulk import can carry it, or that it cannot. */
  readonly bulk: 'password-hash' | 'custom' | 'impossible';
}

export function groundTruth(plan: SamplePlan): GroundTruth {
  const accounts: number[] = [];
  const faulty = new Map(FAULT_NAMES.map((fault) => [fault, [] as { id: number; partner: number | null }[]]));
  for (const [position, role] of plan.roles) {
    const id = legacyId(plan.seed, position);
    if (role.kind === 'account') accounts.push(id);
    if (role.kind !== 'fault') continue;
    const partner = role.partner === null ? null : legacyId(plan.seed, role.partner);
    faulty.get(role.fault)!.push({ id, partner });
  }
  return {
    version: 1,
    seed: plan.seed,
    users: plan.users,
    now: plan.now,
    accounts: accounts.toSorted((a, b) => a - b),
    faults: FAULT_NAMES.map((fault) => truthOf(fault, faulty.get(fault)!)),
    schemes: HASH_SCHEMES.map((scheme) => ({ scheme, ...SCHEME_FACTS[scheme] })),
  };
}

function truthOf(
  fault: FaultName,
  rows: readonly { readonly id: number; readonly partner: number | null }[],
): GroundTruthFault {
  const { description, expect } = plantedFault(fault);
  const rising = rows.toSorted((a, b) => a.id - b.id);
  return {
    fault,
    description,
    ids: rising.map((row) => row.id),
    partners: rising.flatMap((row) => (row.partner === null ? [] : [row.partner])),
    expect,
  };
}

type Facts = Omit<GroundTruthScheme, 'scheme'>;
const bcrypt: Facts = { salt: 'inside', bulk: 'password-hash' };

const SCHEME_FACTS: Readonly<Record<HashScheme, Facts>> = {
  md5: { salt: null, bulk: 'custom' },
  sha1: { salt: null, bulk: 'custom' },
  'sha1-salted': { salt: 'before-password', bulk: 'custom' },
  ssha: { salt: 'inside', bulk: 'custom' },
  sha256: { salt: null, bulk: 'custom' },
  'sha256-salted': { salt: 'after-password', bulk: 'custom' },
  acme1: { salt: 'inside', bulk: 'impossible' },
  'pbkdf2-django': { salt: 'inside', bulk: 'custom' },
  'pbkdf2-phc': { salt: 'inside', bulk: 'custom' },
  // Only cost 10 passes as `password_hash`; other costs go as `custom_password_hash`.
  'bcrypt-2a': bcrypt,
  'bcrypt-2y': { salt: 'inside', bulk: 'custom' },
  'bcrypt-2b': bcrypt,
  scrypt: { salt: 'inside', bulk: 'custom' },
  argon2id: { salt: 'inside', bulk: 'custom' },
};
