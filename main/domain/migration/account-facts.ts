import type { Account } from '#domain/migration/account.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/** How the accounts of a user store are found. `partial…` sees the rows that searches do not show. */
export interface AccountFinder {
  byUserId(userId: string): Account | null;
  byEmail(email: string): Account | null;
  byUsername(username: string): Account | null;
  byPhone(phoneNumber: string): Account | null;
  partialByUserId(userId: string): Account | null;
  partialByEmail(email: string): Account | null;
  partialByUsername(username: string): Account | null;
  /** Whether no account at all, visible or not, has one of these identifiers. Where it is quicker than asking each. */
  hasNone?(identifiers: Identifiers): boolean;
}

/** What would collide with an account under these identifiers: everything a decision may rest on. */
export interface AccountFacts {
  readonly byUserId: Account | null;
  readonly byEmail: Account | null;
  readonly byUsername: Account | null;
  readonly byPhone: Account | null;
  /** A half-created row with the same id, e-mail or username, in this order. */
  readonly partial: Account | null;
}

export const NO_ACCOUNTS: AccountFacts = {
  byUserId: null,
  byEmail: null,
  byUsername: null,
  byPhone: null,
  partial: null,
};

export interface Identifiers {
  readonly userId: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly phoneNumber: string | null;
}

/** The facts about every identifier that is there. */
export function accountFacts(finder: AccountFinder, identifiers: Identifiers): AccountFacts {
  if (finder.hasNone?.(identifiers) === true) return NO_ACCOUNTS;
  const { userId, email, username, phoneNumber } = identifiers;
  return {
    byUserId: userId === null ? null : finder.byUserId(userId),
    byEmail: email === null ? null : finder.byEmail(email),
    byUsername: username === null ? null : finder.byUsername(username),
    byPhone: phoneNumber === null ? null : finder.byPhone(phoneNumber),
    partial:
      (userId === null ? null : finder.partialByUserId(userId)) ??
      (email === null ? null : finder.partialByEmail(email)) ??
      (username === null ? null : finder.partialByUsername(username)),
  };
}

/** What a typed identifier finds: a visible account, and a half-created one. */
export interface TypedFacts {
  readonly found: Account | null;
  readonly partial: Account | null;
}

/** The facts about an identifier as it was typed: an e-mail address or a username, in any case. */
export function typedFacts(finder: AccountFinder, identifier: string): TypedFacts {
  return {
    found: finder.byEmail(identifier) ?? finder.byUsername(identifier),
    partial: finder.partialByEmail(identifier) ?? finder.partialByUsername(identifier),
  };
}

export function identifiersOf(profile: NormalizedProfile): Identifiers {
  const { userId, email, username, phoneNumber } = profile;
  return { userId, email, username, phoneNumber };
}
