import type { JsonObject } from '#domain/json.ts';
import type { Secret } from '#domain/secret.ts';

/** One raw row of the legacy users query, column name to driver value. */
export type LegacyRow = Readonly<Record<string, unknown>>;

/** Values of the pagination key columns, in order, as text or number: JSON-safe and comparable by the store. */
export type LegacyKey = readonly (string | number)[];

/** Which column feeds which attribute. `metadata` names a JSON column or a list of columns. */
export interface FieldMapping {
  readonly id: string;
  readonly email?: string;
  readonly emailVerified?: string;
  readonly username?: string;
  readonly passwordHash?: string;
  readonly passwordSalt?: string;
  /** Column that names the hash scheme, where rows of several eras share one hash column. */
  readonly passwordScheme?: string;
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly phoneNumber?: string;
  readonly phoneVerified?: string;
  readonly lastLogin?: string;
  readonly createdAt?: string;
  readonly blocked?: string;
  readonly userMetadata?: string | readonly string[];
  readonly appMetadata?: string | readonly string[];
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
