import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { Secret } from '#domain/secret.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { type GroundTruth, type GroundTruthFault, groundTruth } from '#sample/ground-truth.ts';
import type { FaultName } from '#sample/planted-faults.ts';
import { planSample } from '#sample/sample-plan.ts';
import type { SampleOptions, SampleRow, SampleUser } from '#sample/sample-row.ts';

export const NOW = Date.UTC(2026, 9, 1);

export interface Sample {
  readonly options: SampleOptions;
  readonly users: readonly SampleUser[];
  readonly byId: ReadonlyMap<number, SampleRow>;
  readonly truth: GroundTruth;
  readonly faults: Readonly<Record<FaultName, GroundTruthFault>>;
  /** Rows that are neither planted nor a partner of a planted one. */
  readonly clean: readonly SampleRow[];
}

export function makeSample(users: number, seed = 7): Sample {
  const options = { seed, users, now: NOW };
  const made = [...generateSample(options)];
  const truth = groundTruth(planSample(options));
  const involved = new Set(truth.faults.flatMap(({ ids, partners }) => [...ids, ...partners]));
  return {
    options,
    users: made,
    byId: new Map(made.map(({ row }) => [row.id, row])),
    truth,
    faults: Object.fromEntries(truth.faults.map((fault) => [fault.fault, fault])) as Record<
      FaultName,
      GroundTruthFault
    >,
    clean: made.map(({ row }) => row).filter((row) => !involved.has(row.id)),
  };
}

/** What the product's own recognition takes the stored hash for. */
export function formatOf(row: SampleRow): string {
  const secret = (text: string | null) => (text === null ? null : new Secret(text));
  return recogniseHash(secret(row.pw_hash), secret(row.pw_salt), row.pw_scheme).format;
}
