import type { Trace } from '#contract/traces.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyRecord } from '#engine/ports/legacy-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { findPeople, keysNamed } from '#engine/traces/find-people.ts';
import type { Found, Subject, TraceContext } from '#engine/traces/subject.ts';
import { prepareUser } from '#engine/trials/prepare-user.ts';

const UNREAD = new Set<string>(['legacy-unreachable', 'legacy-denied', 'legacy-query']);

/** Looks in the legacy store first, then in what the trial kept. */
export async function findSubject(context: TraceContext): Promise<Found> {
  const { who } = context.request;
  const { records, diagnostics } = await livePeople(context);
  const [only] = records;
  if (records.length > 1) {
    const message = `${records.length} legacy users fit "${who}"`;
    const found = diagnostic('trace.several-users', message);
    return { subject: null, matches: records.map((one) => matchOf(context, one)), diagnostics: [found] };
  }
  const outcomes = only === undefined ? recordedFor(context) : (context.replica?.outcomesOf(only.key) ?? []);
  const [first] = outcomes;
  if (only === undefined && first === undefined) {
    const unknown = diagnostic('trace.unknown-user', `nobody is known as "${who}"`);
    return { subject: null, matches: [], diagnostics: [...diagnostics, unknown] };
  }
  const gone = only === undefined && diagnostics.length === 0;
  const subject = subjectOf(context, only ?? null, outcomes);
  return {
    subject,
    matches: [],
    diagnostics: [
      ...diagnostics,
      ...(gone ? [diagnostic('trace.row-gone', 'the legacy store does not have this row any more')] : []),
      ...(first === undefined ? [await absent(context, subject.key)] : []),
    ],
  };
}

async function livePeople({ ports, project, request }: TraceContext): Promise<{
  readonly records: readonly LegacyRecord[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  try {
    const legacy = await ports.openLegacy(project, { forScripts: false });
    try {
      return {
        records: await findPeople(legacy.store, project.settings.fields, request.who),
        diagnostics: [],
      };
    } finally {
      await legacy.close();
    }
  } catch (trouble) {
    if (!(trouble instanceof Fault) || !UNREAD.has(trouble.kind)) throw trouble;
    return { records: [], diagnostics: [diagnostic('trace.legacy-not-read', trouble.message)] };
  }
}

/** What a trial says about somebody whose row is not there: by key, or by the account that it made. */
function recordedFor({ replica, record, request }: TraceContext): readonly UserOutcome[] {
  if (replica === null || record === null) return [];
  const keys = keysNamed(request.who);
  if (keys !== null) return keys.map((key) => replica.outcomesOf(key)).find((all) => all.length > 0) ?? [];
  const { who } = request;
  const account = replica.byEmail(who) ?? replica.byUsername(who) ?? replica.byUserId(who);
  const position = account === null ? null : replica.legacyPositionOf(account.userId);
  return position === null ? [] : outcomesAt(replica, record.phases, position);
}

function outcomesAt(
  replica: Replica,
  phases: readonly { readonly phase: 'lazy' | 'bulk' }[],
  position: number,
): readonly UserOutcome[] {
  return phases.flatMap(({ phase }) => replica.outcomeAt(phase, position) ?? []);
}

function subjectOf(
  { project, record }: TraceContext,
  live: LegacyRecord | null,
  outcomes: readonly UserOutcome[],
): Subject {
  const [first] = outcomes;
  const createdAtMs = Date.parse(record?.createdAt ?? '');
  const prepared =
    live === null ? null : prepareUser(live, first?.position ?? 0, project.settings.fields, createdAtMs);
  const order = record?.phases.map(({ phase }) => phase) ?? [];
  return {
    key: live?.key ?? first!.key,
    legacyId: prepared?.user?.id ?? first?.legacyId ?? null,
    live: prepared,
    outcomes: outcomes.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase)),
  };
}

function matchOf({ project, personal }: TraceContext, record: LegacyRecord): Trace['matches'][number] {
  const user = record.kind === 'row' ? mapRow(record.row, record.key, project.settings.fields).user : null;
  return {
    key: [...record.key],
    legacyId: user?.id ?? null,
    who: personal(user?.email ?? user?.username ?? null),
  };
}

/** Names the trials that have this user, where this one has not. */
async function absent({ ports, project, record }: TraceContext, key: LegacyKey): Promise<Diagnostic> {
  if (record === null) {
    return diagnostic('trace.not-in-trial', 'the project has no trial yet', {
      help: 'Run one, for example: userferry trial lazy --depth profiles',
    });
  }
  const others: string[] = [];
  for (const listed of await ports.trialFolders.list(project.folder)) {
    if (listed.kind !== 'trial' || listed.record.id === record.id) continue;
    if (hasUser(ports.replicas, ports.trialFolders.replicaPath(project.folder, listed.record.id), key)) {
      others.push(listed.record.id);
    }
  }
  const notes = others.length === 0 ? ['no other trial has the user'] : [`it is in ${others.join(', ')}`];
  return diagnostic('trace.not-in-trial', `trial ${record.id} has no outcome for this user`, { notes });
}

function hasUser(replicas: TraceContext['ports']['replicas'], path: string, key: LegacyKey): boolean {
  try {
    const replica = replicas.openReadOnly(path);
    try {
      return replica.outcomesOf(key).length > 0;
    } finally {
      replica.close();
    }
  } catch (trouble) {
    // A trial that cannot be read has nothing to say here.
    if (trouble instanceof Fault) return false;
    throw trouble;
  }
}
