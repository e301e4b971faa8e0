import type { AccountOrigin, AccountState } from '#domain/migration/account.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';

/** What is compared attribute by attribute, under the tenant's names. The order is that of `values`. */
export const AUDIT_ATTRIBUTES = [
  'email',
  'username',
  'phone_number',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'picture',
  'email_verified',
  'phone_verified',
  'blocked',
  'user_metadata',
  'app_metadata',
] as const;
export type AuditAttribute = (typeof AUDIT_ATTRIBUTES)[number];

export const EMAIL = AUDIT_ATTRIBUTES.indexOf('email');
export const USERNAME = AUDIT_ATTRIBUTES.indexOf('username');
export const PHONE = AUDIT_ATTRIBUTES.indexOf('phone_number');
export const BLOCKED = AUDIT_ATTRIBUTES.indexOf('blocked');
export const USER_METADATA = AUDIT_ATTRIBUTES.indexOf('user_metadata');
export const APP_METADATA = AUDIT_ATTRIBUTES.indexOf('app_metadata');

/** Names, addresses and flags come before these. */
export const FIRST_METADATA = Math.min(USER_METADATA, APP_METADATA);

/** One text per attribute: booleans as `true` and `false`, metadata as JSON. Null: the user has none. */
export type AuditValues = readonly (string | null)[];

export interface LegacyPerson {
  /** Number of the row in the order of the pagination key, from 0. */
  readonly position: number;
  readonly key: LegacyKey;
  readonly id: string;
  readonly values: AuditValues;
}

/** What a marker in app_metadata says. */
export interface Marker {
  /** `login`, `get_user` or whatever the marker names; null where it is a bare flag. */
  readonly by: string | null;
  /** ISO 8601 UTC, or null where the marker has no time. */
  readonly at: string | null;
}

export interface TenantUser {
  /** As the tenant spells it, `auth0|` included; of a replica without. */
  readonly userId: string;
  /** Id within the connection. */
  readonly id: string;
  /** Which export file it came from, from 0. */
  readonly file: number;
  readonly line: number;
  readonly values: AuditValues;
  readonly createdAt: string | null;
  readonly lastLogin: string | null;
  /** Null where the export does not say. */
  readonly logins: number | null;
  readonly marker: Marker | null;
  /** The database identity is a linked, secondary one. */
  readonly linked: boolean;
  /** Known of a replica only. */
  readonly account: { readonly state: AccountState; readonly origin: AccountOrigin } | null;
}

/** What one export file can speak about: an attribute it does not have is no difference. */
export interface FileKnowledge {
  readonly attributes: readonly boolean[];
  readonly logins: boolean;
  /** Metadata paths of a CSV, which has only leaves; null where whole objects are exported. */
  readonly leaves: { readonly user: readonly string[]; readonly app: readonly string[] } | null;
}

export type MatchedBy = 'id' | 'email' | 'username';

export interface MatchedUser {
  readonly user: TenantUser;
  readonly by: MatchedBy;
  /** Another user of the tenant has this address, upper and lower case set aside. */
  readonly emailShared: boolean;
  /**
   * `profile`: everything before the metadata is as in the legacy row; `everything`: and of the metadata the tenant has
   * all that the legacy row has, where it exports them as a whole. Of such a pair only what people are found by is
   * filled in of what is the same.
   */
  readonly same?: 'profile' | 'everything';
}

/** One person: a legacy user with the tenant users that belong to it, or a tenant user that belongs to nobody. */
export type AuditGroup =
  | {
      readonly legacy: LegacyPerson;
      readonly tenants: readonly MatchedUser[];
      /** An earlier legacy row has the same id. */
      readonly idRepeated: boolean;
    }
  | { readonly legacy: null; readonly stranger: TenantUser; readonly emailShared: boolean };
