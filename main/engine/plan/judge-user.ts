import type { UsedTrial } from '#contract/plan.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { FILE_BYTES } from '#domain/migration/import-batcher.ts';
import { toImportFileJson } from '#domain/migration/import-json.ts';
import { importRecord } from '#domain/migration/import-record.ts';
import { type ImportRules, validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { type BulkFate, type LazyFate, type Need, needOf } from '#domain/plan/fates.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { utf8Length } from '#domain/utf8.ts';
import type { KnownOutcomes } from '#engine/plan/known-outcomes.ts';
import type { ConnectionOptions } from '#engine/ports/project-store.ts';

/** What the plan thinks of one legacy user. */
export interface JudgedUser {
  readonly bulk: BulkFate;
  readonly lazy: LazyFate;
  readonly need: Need;
  /** Catalog code behind the need; the code of the hash, or of the refusal. */
  readonly code: string;
  /** What keeps the record out of every file; null where it goes into one. */
  readonly keptOut: string | null;
  /** Refused by the job of the trial. */
  readonly refused: boolean;
  readonly hasPassword: boolean;
  /** For the file; null where it is kept out or was not asked for. */
  readonly json: string | null;
}

export interface Judge {
  readonly rules: ImportRules;
  readonly bulk: KnownOutcomes;
  readonly lazy: KnownOutcomes;
  /** Whether an ok of the lazy trial says that a login worked. */
  readonly loginsTried: boolean;
  /** Whether records are needed as text, to measure them. */
  readonly measure: boolean;
}

/** Brackets around the only record of a file. */
const ARRAY_BYTES = 2;

export function importRulesOf(
  { requiresUsername, usernameLength }: ConnectionOptions,
  assumptions: Assumptions,
): ImportRules {
  return { requiresUsername, usernameLength, assumptions };
}

export function triesLogins(lazy: UsedTrial | null): boolean {
  return lazy !== null && (lazy.depth === 'assumed' || lazy.depth === 'proven');
}

export function judgeUser(user: LegacyUser, recognised: RecognisedHash, judge: Judge): JudgedUser {
  const { record } = importRecord(user, recognised);
  const invalid = validateImportRecord(record, judge.rules)[0]?.cause ?? null;
  const json = judge.measure && invalid === null ? toImportFileJson(record) : null;
  const tooLarge = json !== null && utf8Length(json) > FILE_BYTES - ARRAY_BYTES;
  const keptOut = tooLarge ? 'import.record-too-large' : invalid;
  const known = judge.bulk.of(user.key);
  // A user whom the trial imported with something wrong is imported all the same.
  const refused = keptOut === null && known?.status === 'failed' && known.state === 'legacy-only';
  const { route } = recognised;
  const hasPassword = route.kind === 'password-hash' || route.kind === 'custom';
  const refusal = keptOut ?? (refused ? known.cause : null);
  const bulk = refusal !== null ? 'refused' : hasPassword ? 'password' : 'no-password';
  const lazy = lazyFate(user, recognised, judge);
  return {
    bulk,
    lazy,
    need: needOf(bulk, lazy),
    code: refusal ?? ('code' in route ? route.code : ''),
    keptOut,
    refused,
    hasPassword,
    json: keptOut === null ? json : null,
  };
}

/** The lazy trial's word where it has one; a hash that nobody can check fails in any case. */
function lazyFate(user: LegacyUser, { route }: RecognisedHash, judge: Judge): LazyFate {
  const known = judge.lazy.of(user.key);
  const migrated = known?.state === 'migrated';
  if (known?.status === 'failed' && !migrated) return 'fails';
  if (migrated && judge.loginsTried) return 'works';
  return route.kind === 'reset-only' ? 'fails' : 'untested';
}
