import type { JsonObject } from '#domain/json.ts';
import type { Secret } from '#domain/secret.ts';

/** One raw row of the legacy users query, column name to driver value. */
export type LegacyRow = Readonly<Record<string, unknown>>;

/** Values of the pagination key columns, in order, as text or number: JSON-safe and comparable by the store. */
export type LegacyKey = readonly (string | number)[];

/** Which column feeds which attribute. `metadata` names a JSON column or a list of columns. */
export interface FieldMapping {
  readonly id: string;
  readonly email?: string | undefined;
  readonly emailVerified?: string | undefined;
  readonly username?: string | undefined;
  readonly passwordHash?: string | undefined;
  readonly passwordSalt?: string | undefined;
  /** Column that names the hash scheme, where rows of several eras share one hash column. */
  readonly passwordScheme?: string | undefined;
  readonly name?: string | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly nickname?: string | undefined;
  readonly picture?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly phoneVerified?: string | undefined;
  readonly lastLogin?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly blocked?: string | undefined;
  readonly userMetadata?: string | readonly string[] | undefined;
  readonly appMetadata?: string | readonly string[] | undefined;
}

/** A legacy row after mapping: typed, trimmed of driver oddities, secrets wrapped. */
export interface LegacyUser {
  readonly key: LegacyKey;
  readonly id: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly username: string | null;
  readonly passwordHash: Secret | null;
  readonly passwordSalt: Secret | null;
  readonly passwordScheme: string | null;
  readonly name: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly nickname: string | null;
  readonly picture: string | null;
  readonly phoneNumber: string | null;
  readonly phoneVerified: boolean;
  /** ISO 8601 UTC, or null where the row has none or it cannot be read as a date. */
  readonly lastLogin: string | null;
  readonly createdAt: string | null;
  readonly blocked: boolean;
  readonly userMetadata: JsonObject | null;
  readonly appMetadata: JsonObject | null;
}
