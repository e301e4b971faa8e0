import type { LegacyKey } from '#domain/profile/legacy-user.ts';

/** Two trials, user by user. `from` and `to` are causes; null means ok. */
export interface ReplicaComparison {
  readonly same: number;
  readonly fixed: number;
  readonly broken: number;
  readonly changedCause: number;
  readonly onlyInA: number;
  readonly onlyInB: number;
  readonly groups: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly users: number;
    readonly samples: readonly { readonly key: LegacyKey; readonly legacyId: string | null }[];
  }[];
}
