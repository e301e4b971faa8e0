import { cleanUser } from '#sample/clean-user.ts';
import { HASH_SCHEMES, randomHash } from '#sample/hash-schemes.ts';
import { plantFault, plantPartner } from '#sample/plant-fault.ts';
import { plantedFault } from '#sample/planted-faults.ts';
import { createRandom } from '#sample/random.ts';
import { realHash } from '#sample/real-hashes.ts';
import { planSample, type Role, type SamplePlan } from '#sample/sample-plan.ts';
import type { SampleOptions, SampleRow, SampleUser } from '#sample/sample-row.ts';

/**
 * The rows of a legacy user table that has grown for 15 years, in the order of their ids, made one at a time.
 * Rows without a role carry well-formed random digests; only test accounts and some planted rows have passwords.
 */
export function* generateSample(options: SampleOptions): Generator<SampleUser> {
  yield* sampleUsers(planSample(options));
}

export function* sampleUsers(plan: SamplePlan): Generator<SampleUser> {
  for (let position = 0; position < plan.users; position++) {
    const role = plan.roles.get(position);
    const row = cleanUser(plan, position);
    yield role === undefined ? { row, password: null } : withRole(plan, row, role);
  }
}

function withRole(plan: SamplePlan, row: SampleRow, role: Role): SampleUser {
  if (role.kind === 'account') return testAccount(plan, row, role.nth);
  if (role.kind === 'partner') {
    return { row: plantPartner(role.fault, row, role.nth), password: null };
  }
  const partner = role.partner === null ? null : cleanUser(plan, role.partner);
  const planted = plantFault(role.fault, row, role.nth, partner);
  if (role.fault === 'hash-plain-text') {
    const password = passwordOf(plan.seed, row.id);
    const hash = { pw_hash: password, pw_salt: null, pw_scheme: 'plain' };
    return { row: { ...planted, ...hash }, password };
  }
  return plantedFault(role.fault).knownPassword
    ? withKnownPassword(plan.seed, planted, 'sha256-salted', 0)
    : { row: planted, password: null };
}

/** Schemes take turns, so every sample has accounts of all of them. */
function testAccount(plan: SamplePlan, row: SampleRow, nth: number): SampleUser {
  const scheme = HASH_SCHEMES[nth % HASH_SCHEMES.length]!;
  return withKnownPassword(plan.seed, row, scheme, Math.floor(nth / HASH_SCHEMES.length));
}

function withKnownPassword(
  seed: number,
  row: SampleRow,
  scheme: Parameters<typeof randomHash>[0],
  nth: number,
): SampleUser {
  const password = passwordOf(seed, row.id);
  return { row: { ...row, ...realHash(scheme, password, nth, createRandom(seed, -row.id)) }, password };
}

const WORDS = [
  'amber',
  'birch',
  'copper',
  'delta',
  'ember',
  'fjord',
  'garnet',
  'harbour',
  'indigo',
  'juniper',
];
const MORE_WORDS = [
  'Käse',
  'Lantern',
  'Meadow',
  'Niño',
  'Orchid',
  'Pebble',
  'Quarry',
  'Ribbon',
  'Saffron',
  'Tide',
];

function passwordOf(seed: number, id: number): string {
  const random = createRandom(seed ^ 0x70617373, id);
  return `${random.pick(WORDS)}-${random.pick(MORE_WORDS)}${random.below(900) + 100}${random.pick(['!', '?', '#', '%'])}`;
}
