import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { Denial, MetadataChange } from '#domain/pipeline/effects.ts';
import { sameJson } from '#domain/profile/compare-profiles.ts';

/** What one pass of the pipeline left, as far as two of them are compared. */
export interface ComparedRun {
  readonly user: JsonObject;
  readonly denied: Denial | null;
  readonly failed: boolean;
  readonly metadata: readonly MetadataChange[];
  readonly idToken: JsonObject;
  readonly accessToken: JsonObject;
}

export interface Difference {
  readonly what: 'outcome' | 'event.user' | 'metadata' | 'id token' | 'access token';
  readonly name: string;
  readonly before: Json | null;
  readonly after: Json | null;
  readonly code: DiagnosticCode;
}

/** Moments and digests of the run itself. */
const ALWAYS_NEW: ReadonlySet<string> = new Set(['iat', 'exp', 'created_at', 'updated_at', 'identities']);

/** The same user through legacy mode (`before`) and after the migration. */
export function compareRuns(before: ComparedRun, after: ComparedRun): readonly Difference[] {
  const outcome = outcomeDifference(before, after);
  const differences: Difference[] = [
    ...(outcome === null ? [] : [outcome]),
    ...userDifferences(before.user, after.user),
    ...metadataDifferences(before.metadata, after.metadata),
  ];
  // Who is denied gets no token: there is nothing to compare.
  if (before.denied !== null || after.denied !== null || before.failed || after.failed) return differences;
  return [
    ...differences,
    ...claimDifferences('id token', before.idToken, after.idToken),
    ...claimDifferences('access token', before.accessToken, after.accessToken),
  ];
}

function outcomeDifference(before: ComparedRun, after: ComparedRun): Difference | null {
  const say = (run: ComparedRun): string => (run.denied === null ? 'let in' : `denied by ${run.denied.by}`);
  if (before.denied === null && after.denied === null) return null;
  const code =
    before.denied === null
      ? 'pipeline.denied-after-only'
      : after.denied === null
        ? 'pipeline.denied-before-only'
        : 'pipeline.denied-in-both';
  const name = (after.denied ?? before.denied)?.by ?? '';
  return { what: 'outcome', name, before: say(before), after: say(after), code };
}

function userDifferences(before: JsonObject, after: JsonObject): readonly Difference[] {
  return changedNames(before, after).map((name) => ({
    what: 'event.user' as const,
    name,
    before: before[name] ?? null,
    after: after[name] ?? null,
    code: 'pipeline.user-differs' as const,
  }));
}

function metadataDifferences(
  before: readonly MetadataChange[],
  after: readonly MetadataChange[],
): readonly Difference[] {
  const one = written(before);
  const other = written(after);
  return changedNames(one, other).map((name) => ({
    what: 'metadata' as const,
    name,
    before: one[name] ?? null,
    after: other[name] ?? null,
    code: 'pipeline.metadata-differs' as const,
  }));
}

function written(changes: readonly MetadataChange[]): JsonObject {
  return Object.fromEntries(changes.map(({ store, key, value }) => [`${store}.${key}`, value]));
}

function claimDifferences(
  what: 'id token' | 'access token',
  before: JsonObject,
  after: JsonObject,
): readonly Difference[] {
  return changedNames(before, after).map((name) => {
    const code =
      after[name] === undefined
        ? 'pipeline.claim-lost'
        : before[name] === undefined
          ? 'pipeline.claim-gained'
          : 'pipeline.claim-changed';
    return { what, name, before: before[name] ?? null, after: after[name] ?? null, code };
  });
}

function changedNames(before: JsonObject, after: JsonObject): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter(
    (name) => !ALWAYS_NEW.has(name) && !sameJson(before[name] ?? null, after[name] ?? null),
  );
}
