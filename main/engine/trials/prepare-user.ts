import type { Cohorts, UserFinding } from '#domain/migration/outcome.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import type { FieldMapping, LegacyUser } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { cohortsOf } from '#domain/projections/cohorts.ts';
import { rowMark } from '#domain/projections/row-mark.ts';
import { type Trait, traitsOf } from '#domain/projections/traits.ts';
import type { LegacyRecord } from '#engine/ports/legacy-store.ts';

/** A legacy record made ready for a phase: mapped and its hash recognised, or the reason why it cannot be. */
export interface PreparedUser {
  readonly position: number;
  readonly record: LegacyRecord;
  readonly user: LegacyUser | null;
  readonly recognised: RecognisedHash | null;
  readonly findings: readonly UserFinding[];
  readonly cohorts: Cohorts;
  /** What coverage is split by. */
  readonly traits: readonly Trait[];
  /** Tells later whether the row has changed; null where nothing was read. */
  readonly mark: number | null;
}

export function prepareUser(
  record: LegacyRecord,
  position: number,
  mapping: FieldMapping,
  nowMs: number,
): PreparedUser {
  if (record.kind === 'unreadable') {
    const findings = [{ code: 'legacy.unreadable-row', detail: record.reason }];
    return { position, record, ...nobody(mapping, nowMs), findings };
  }
  const { user, findings } = mapRow(record.row, record.key, mapping);
  if (user === null) return { position, record, ...nobody(mapping, nowMs), findings };
  const recognised = recogniseHash(user.passwordHash, user.passwordSalt, user.passwordScheme);
  const warnings = recognised.warnings.map((code) => ({ code, detail: recognised.format }));
  const cohorts = cohortsOf(user, recognised.format, nowMs);
  return {
    position,
    record,
    user,
    recognised,
    findings: [...findings, ...warnings],
    cohorts,
    traits: traitsOf(user, mapping, cohorts),
    mark: rowMark(user),
  };
}

/** A record that nothing can be said about. */
function nobody(
  mapping: FieldMapping,
  nowMs: number,
): Pick<PreparedUser, 'user' | 'recognised' | 'cohorts' | 'traits' | 'mark'> {
  const cohorts = cohortsOf(null, 'unknown', nowMs);
  return { user: null, recognised: null, cohorts, traits: traitsOf(null, mapping, cohorts), mark: null };
}
