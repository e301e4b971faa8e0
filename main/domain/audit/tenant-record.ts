import {
  APP_METADATA,
  AUDIT_ATTRIBUTES,
  FIRST_METADATA,
  type TenantUser,
  USER_METADATA,
} from '#domain/audit/audit-user.ts';
import { connectionId, isDatabaseId } from '#domain/audit/identity.ts';
import { type MarkerPaths, markerIn, withoutMarkers } from '#domain/audit/markers.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

export interface ExportRules {
  /** Name of the connection whose users are wanted. */
  readonly connection: string;
  readonly markers: readonly MarkerPaths[];
  /** Which attributes are kept: what the legacy store cannot speak about need not be carried along. */
  readonly kept: readonly boolean[];
}

export interface RecordPlace {
  readonly file: number;
  readonly line: number;
}

export type ReadRecord =
  | { readonly kind: 'user'; readonly user: TenantUser }
  | { readonly kind: 'other-connection' }
  | { readonly kind: 'broken'; readonly reason: string };

const OTHER: ReadRecord = { kind: 'other-connection' };

/** A record of a user export, under the tenant's own names, as the audit needs it. */
export function tenantUserOf(record: JsonObject, rules: ExportRules, place: RecordPlace): ReadRecord {
  const userId = text(record['user_id']);
  if (userId === null || userId === '') return { kind: 'broken', reason: 'no user_id' };
  const identity = identityOf(record, userId, rules.connection);
  if (identity === null) return OTHER;
  const appMetadata = metadata(record['app_metadata']);
  const logins = number(record['logins_count']);
  return {
    kind: 'user',
    user: {
      userId,
      id: identity.id,
      ...place,
      values: valuesOf(identity.profile, appMetadata, rules),
      createdAt: text(record['created_at']),
      lastLogin: text(record['last_login']),
      logins,
      marker: markerIn(appMetadata, rules.markers),
      linked: identity.linked,
      account: null,
    },
  };
}

interface Identity {
  readonly id: string;
  readonly linked: boolean;
  readonly profile: JsonObject;
}

/**
 * The identity of the wanted connection. Without a list of identities only the prefix of the id tells: that of
 * other connections is refused. A linked identity brings a profile of its own, as far as the export has it.
 */
function identityOf(record: JsonObject, userId: string, connection: string): Identity | null {
  const identities = listed(record['identities']);
  const primary = { id: connectionId(userId), linked: false, profile: record };
  if (identities === null) return isDatabaseId(userId) ? primary : null;
  const [first] = identities;
  if (first !== undefined && first['connection'] === connection) return primary;
  const other = identities.find((one) => one['connection'] === connection);
  if (other === undefined) {
    // A list without names says nothing.
    const named = identities.some((one) => typeof one['connection'] === 'string');
    return !named && isDatabaseId(userId) ? primary : null;
  }
  const id = text(other['user_id']);
  if (id === null) return null;
  const profile = other['profileData'];
  return {
    id: connectionId(id),
    linked: true,
    profile: isJsonObject(profile) ? { ...record, ...profile } : record,
  };
}

/** The list of an NDJSON, or the object with numbers for names that the leaves of a CSV give. */
function listed(value: Json | undefined): readonly JsonObject[] | null {
  if (Array.isArray(value)) return (value as readonly Json[]).filter(isJsonObject);
  return isJsonObject(value) ? Object.values(value).filter(isJsonObject) : null;
}

function valuesOf(
  profile: JsonObject,
  appMetadata: JsonObject | null,
  rules: ExportRules,
): (string | null)[] {
  const values: (string | null)[] = [];
  for (let index = 0; index < FIRST_METADATA; index++) {
    values.push(rules.kept[index] === true ? text(profile[AUDIT_ATTRIBUTES[index]!]) : null);
  }
  const user = rules.kept[USER_METADATA] === true ? metadata(profile['user_metadata']) : null;
  values.push(user === null ? null : JSON.stringify(user));
  const app = rules.kept[APP_METADATA] === true ? appMetadata : null;
  values.push(app === null ? null : JSON.stringify(withoutMarkers(app, rules.markers)));
  return values;
}

function metadata(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

function text(value: Json | undefined): string | null {
  switch (typeof value) {
    case 'string':
      return value === '' ? null : value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return null;
  }
}

function number(value: Json | undefined): number | null {
  const found = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}
