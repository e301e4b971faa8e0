import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { Replica } from '#engine/ports/replica.ts';

export interface Sample {
  readonly position: number;
  readonly key: readonly (string | number)[];
  readonly legacyId: string | null;
  readonly detail: string;
  readonly line: number | null;
  readonly who: string | null;
}

/** The user behind a number, named by key and id; by e-mail or username only where personal data was asked for. */
export function toSample(
  outcome: UserOutcome,
  code: string,
  replica: Replica,
  personalData: boolean,
): Sample {
  const finding = outcome.findings.find((one) => one.code === code);
  return {
    position: outcome.position,
    key: outcome.key,
    legacyId: outcome.legacyId,
    detail: finding?.detail ?? '',
    line: finding?.line ?? null,
    who: personalData ? nameOf(outcome, replica) : null,
  };
}

function nameOf(outcome: UserOutcome, replica: Replica): string | null {
  if (outcome.legacyId === null) return null;
  const account = replica.byUserId(outcome.legacyId);
  return account?.email ?? account?.username ?? null;
}
