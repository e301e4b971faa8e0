import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

/** Two trials, user by user. `from` and `to` are causes; null means ok. */
export interface ReplicaComparison {
  readonly same: number;
  readonly fixed: number;
  readonly broken: number;
  readonly changedCause: number;
  readonly onlyInA: number;
  readonly onlyInB: number;
  /** Users by cause in either trial, biggest change first; `same` are those who have it in both. */
  readonly causes: readonly {
    readonly cause: string;
    readonly a: number;
    readonly b: number;
    readonly same: number;
  }[];
  readonly groups: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly users: number;
    readonly samples: readonly { readonly key: LegacyKey; readonly legacyId: string | null }[];
  }[];
}

/** A code, or `any` for whatever cause. Null: ok. */
export type WantedCause = string | null;

/** One user of a comparison list. `position` is the one in the trial the list goes by. */
export interface ComparedUser {
  readonly position: number;
  readonly key: LegacyKey;
  readonly legacyId: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export interface ComparedPage {
  readonly users: readonly ComparedUser[];
  /** Pass as `afterPosition` for the next page; null when there is nothing more. */
  readonly next: number | null;
}

/** Comparisons take seconds at a million users: each yields after some thousands, so that others get their turn. */
export interface ReplicaComparer {
  compare(a: Replica, b: Replica, phase: Phase): Generator<undefined, ReplicaComparison>;
  /** Users whose cause went `from` one `to` another, at most `limit`, in the order of the trial with the cause. */
  usersOfChange(
    a: Replica,
    b: Replica,
    phase: Phase,
    change: { readonly from: WantedCause; readonly to: WantedCause },
    afterPosition: number,
    limit: number,
  ): Generator<undefined, ComparedPage>;
  /** Users of `one` that `other` does not have, in the order of `one`; at most `limit`. */
  usersOnlyIn(
    one: Replica,
    other: Replica,
    phase: Phase,
    afterPosition: number,
    limit: number,
  ): Generator<undefined, ComparedPage>;
}
