import {
  APP_METADATA,
  AUDIT_ATTRIBUTES,
  type AuditAttribute,
  type AuditValues,
  EMAIL,
  type FileKnowledge,
  FIRST_METADATA,
  type MatchedUser,
  USER_METADATA,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { identifierKey } from '#domain/audit/identity.ts';
import { valueAt } from '#domain/audit/markers.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { sameJson } from '#domain/profile/compare-profiles.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

/** The tenant makes these up where it is given none. */
const GENERATED = new Set<number>(
  (['name', 'nickname', 'picture'] as const).map((name) => AUDIT_ATTRIBUTES.indexOf(name)),
);

/** Absent means no. */
const BOOLEANS = new Set<number>(
  (['email_verified', 'phone_verified', 'blocked'] as const).map((name) => AUDIT_ATTRIBUTES.indexOf(name)),
);

/** Which attributes both sides can speak about, as indexes into the values. */
export function comparable(legacy: readonly boolean[], file: FileKnowledge): readonly number[] {
  return AUDIT_ATTRIBUTES.flatMap((_name, index) =>
    legacy[index] === true && file.attributes[index] === true ? [index] : [],
  );
}

/**
 * Attributes that differ, in their fixed order. Addresses and usernames are compared without case. Metadata
 * differ where the tenant lacks or changed what the legacy row gives; what the tenant has besides is its own.
 * `same`: what is known to be the same already and not looked at.
 */
export function driftOf(
  legacy: AuditValues,
  tenant: AuditValues,
  indexes: readonly number[],
  leaves: FileKnowledge['leaves'],
  same?: MatchedUser['same'],
): readonly AuditAttribute[] {
  if (same === 'everything') return NONE;
  let drift: AuditAttribute[] | null = null;
  for (const index of indexes) {
    if (same === 'profile' && index < FIRST_METADATA) continue;
    const left = legacy[index] ?? null;
    const right = tenant[index] ?? null;
    if (left === right || !differs(index, left, right, leaves)) continue;
    (drift ??= []).push(AUDIT_ATTRIBUTES[index]!);
  }
  return drift ?? NONE;
}

const NONE: readonly AuditAttribute[] = [];

function differs(
  index: number,
  left: string | null,
  right: string | null,
  leaves: FileKnowledge['leaves'],
): boolean {
  if (index === EMAIL || index === USERNAME) return identifierKey(left) !== identifierKey(right);
  if (index === USER_METADATA) return metadataDiffer(left, right, leaves?.user ?? null);
  if (index === APP_METADATA) return metadataDiffer(left, right, leaves?.app ?? null);
  if (BOOLEANS.has(index)) return (left ?? 'false') !== (right ?? 'false');
  if (left === null) return !GENERATED.has(index) && right !== '';
  return left.trim() !== (right ?? '').trim();
}

function metadataDiffer(
  left: string | null,
  right: string | null,
  leaves: readonly string[] | null,
): boolean {
  if (left !== null && right !== null && leaves === null && beginsWith(right, left)) return false;
  const legacy = objectIn(left);
  if (legacy === null) return false;
  const tenant = objectIn(right) ?? {};
  if (leaves !== null) {
    return leaves.some((path) => leafText(valueAt(legacy, path)) !== leafText(valueAt(tenant, path)));
  }
  return Object.entries(legacy).some(([name, value]) => value !== null && !sameJson(value, tenant[name]));
}

/** The usual case, told without parsing: the tenant's object starts with all of the legacy one. */
function beginsWith(right: string, left: string): boolean {
  const end = left.length - 1;
  return right.startsWith(left.slice(0, end)) && (right[end] === ',' || right[end] === '}');
}

/** A CSV has texts only: `true` and `"true"` are the same there. */
function leafText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function objectIn(text: string | null): JsonObject | null {
  if (text === null || text === '') return null;
  const value = JSON.parse(text) as Json;
  return isJsonObject(value) ? value : null;
}
