import { Fault } from '#engine/fault.ts';
import { FAULT_NAMES, type FaultName, type PlantedFault, plantedFault } from '#sample/planted-faults.ts';
import { createRandom } from '#sample/random.ts';
import { MIN_SAMPLE_USERS, type SampleOptions } from '#sample/sample-row.ts';

/** What a row is there for. Rows without a role are ordinary. */
export type Role =
  /** `nth` counts within the fault and picks its variant; `partner` is the earlier row of a pair. */
  | {
      readonly kind: 'fault';
      readonly fault: FaultName;
      readonly nth: number;
      readonly partner: number | null;
    }
  /** The sound, earlier row that a planted one clashes with. */
  | { readonly kind: 'partner'; readonly fault: FaultName; readonly nth: number }
  /** A test account with a known password. */
  | { readonly kind: 'account'; readonly nth: number };

/** Which rows carry what: decided before the first row is made, so that rows can be made one at a time. */
export interface SamplePlan extends SampleOptions {
  /** By position, 0-based. Bounded: the groups stop growing at 400,000 users. */
  readonly roles: ReadonlyMap<number, Role>;
}

const LARGEST_SCALE = 20;
const MAX_SAMPLE_USERS = 50_000_000;

export function planSample(options: SampleOptions): SamplePlan {
  checkOptions(options);
  const positions = unusedPositions(options);
  const roles = new Map<number, Role>();
  const early = FAULT_NAMES.filter((fault) => plantedFault(fault).late !== true);
  const late = FAULT_NAMES.filter((fault) => plantedFault(fault).late === true);
  for (const fault of early) plant(fault, options, positions, roles);
  for (let nth = 0; nth < accountCount(options.users); nth++) {
    roles.set(positions(), { kind: 'account', nth });
  }
  for (const fault of late) plant(fault, options, positions, roles);
  return { ...options, roles };
}

function plant(
  fault: FaultName,
  { users }: SampleOptions,
  positions: () => number,
  roles: Map<number, Role>,
): void {
  const planted = plantedFault(fault);
  for (let nth = 0; nth < groupSize(planted, users); nth++) {
    const position = positions();
    if (planted.paired) {
      const other = positions();
      const [earlier, later] = position < other ? [position, other] : [other, position];
      roles.set(earlier, { kind: 'partner', fault, nth });
      roles.set(later, { kind: 'fault', fault, nth, partner: earlier });
    } else {
      roles.set(position, { kind: 'fault', fault, nth, partner: null });
    }
  }
}

function checkOptions({ seed, users, now }: SampleOptions): void {
  const ok =
    Number.isSafeInteger(seed) &&
    Number.isSafeInteger(users) &&
    users >= MIN_SAMPLE_USERS &&
    users <= MAX_SAMPLE_USERS &&
    Number.isFinite(now);
  if (ok) return;
  throw new Fault(
    'input-invalid',
    `a sample has ${MIN_SAMPLE_USERS} to ${MAX_SAMPLE_USERS} users, and its seed is a whole number`,
    { doing: 'planning the sample', help: 'Choose another number of users, or another seed.' },
  );
}

function groupSize(planted: PlantedFault, users: number): number {
  const scaled = Math.round((planted.per20k * users) / 20_000);
  const most = planted.atMost ?? planted.per20k * LARGEST_SCALE;
  return Math.max(planted.atLeast, Math.min(most, scaled));
}

function accountCount(users: number): number {
  return Math.max(84, Math.min(400, Math.round(users / 50)));
}

/** Different positions at every call, spread over the whole table. */
function unusedPositions({ seed, users }: SampleOptions): () => number {
  const random = createRandom(seed, -1);
  const used = new Set<number>();
  return () => {
    let position = random.below(users);
    while (used.has(position)) position = random.below(users);
    used.add(position);
    return position;
  };
}
