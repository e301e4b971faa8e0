import type { AuditEvent, AuditRequest, AuditResult } from '#contract/audit.ts';
import { AUDIT_VERSION } from '#contract/audit.ts';
import { AUDIT_ATTRIBUTES, type FileKnowledge } from '#domain/audit/audit-user.ts';
import { type AuditRules, classify } from '#domain/audit/classify.ts';
import { comparable } from '#domain/audit/drift.ts';
import { keptOfTenant, knownOfLegacy } from '#domain/audit/legacy-person.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import { caveatsOf } from '#engine/audit/caveats.ts';
import { assertAuditBalanced } from '#engine/audit/balance.ts';
import { ChangeTally } from '#engine/audit/change-tally.ts';
import { isSelected, listedPerson, momentOf } from '#engine/audit/listed-person.ts';
import { fillFromReplica, fillLegacy, type LegacyCounts, REPLICA_KNOWLEDGE } from '#engine/audit/sides.ts';
import { AuditTally } from '#engine/audit/tally.ts';
import { Fault } from '#engine/fault.ts';
import type { AuditWork, BrokenLine, ExportFile } from '#engine/ports/audit-work.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

const REPORT_EVERY_MS = 100;
/** People between two turns of everybody else. */
const AT_ONCE = 2_000;

type Reading = Extract<AuditEvent, { type: 'reading' }>;

interface TenantCounts {
  readonly lines: number;
  readonly users: number;
  readonly otherConnections: number;
  readonly broken: number;
  readonly deleted: number;
}

interface TenantSide {
  readonly files: readonly ExportFile[];
  readonly broken: readonly BrokenLine[];
  readonly knowledge: readonly FileKnowledge[];
  readonly counts: TenantCounts;
}

interface Inputs {
  readonly request: AuditRequest;
  readonly project: Project;
  readonly rules: Pick<AuditRules, 'importHistory' | 'cutover'>;
  readonly legacyKnows: readonly boolean[];
}

/** The legacy store against a trial or an export: progress, people where they are asked for, and the result. */
export async function* runAudit(
  ports: Ports,
  request: AuditRequest,
  outer: AbortSignal | undefined,
): AsyncGenerator<AuditEvent, void, void> {
  const started = ports.clock.ticks();
  const controller = new AbortController();
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  const project = await ports.projects.open(request.project);
  const inputs: Inputs = {
    request,
    project,
    rules: rulesOf(request, project),
    legacyKnows: knownOfLegacy(project.settings.fields),
  };
  const legacy = await ports.openLegacy(project, { forScripts: false });
  let work: AuditWork | null = null;
  try {
    const expected = await legacy.store.count({ signal });
    work = ports.openAuditWork({
      legacyUsers: expected,
      files: request.against.kind === 'export' ? request.against.files : [],
    });
    const generatedAt = new Date(ports.clock.now()).toISOString();
    const everybody = request.filter.states === undefined && request.filter.domain === undefined;
    yield {
      type: 'started',
      header: { audit: AUDIT_VERSION, generatedAt, project: project.settings.name, everybody },
    };
    const filled = yield* fill(ports, inputs, legacy.store, work, expected, signal);
    const result = yield* compare(ports, inputs, work, filled, signal);
    const milliseconds = Math.round(ports.clock.ticks() - started);
    yield { type: 'result', result: { ...result, generatedAt, milliseconds } };
  } finally {
    controller.abort();
    work?.close();
    await legacy.close();
  }
}

function rulesOf(request: AuditRequest, project: Project): Inputs['rules'] {
  const given = request.importSince ?? (project.connection.importMode ? 'unknown' : 'never');
  const named = given === 'always' || given === 'never' || given === 'unknown';
  return {
    importHistory: named ? given : { since: momentOf(given) },
    cutover: request.cutover === undefined ? null : momentOf(request.cutover),
  };
}

interface Filled {
  readonly legacy: LegacyCounts;
  readonly tenant: TenantSide;
  readonly since: string | null;
}

/** Both sides at once, with progress now and then. */
async function* fill(
  ports: Ports,
  inputs: Inputs,
  store: LegacyStore,
  work: AuditWork,
  expected: number,
  outer: AbortSignal,
): AsyncGenerator<AuditEvent, Filled, void> {
  const own = new AbortController();
  const controller = { signal: AbortSignal.any([outer, own.signal]), abort: () => own.abort() };
  const reading: Reading = {
    type: 'reading',
    legacy: { done: 0, expected },
    tenant: { done: 0, expected: 0 },
  };
  const { fields } = inputs.project.settings;
  let ended = false;
  const tasks = [
    fillLegacy(
      store,
      fields,
      work,
      (done) => (reading.legacy = { done, expected: Math.max(done, expected) }),
      controller.signal,
    ),
    fillTenant(
      ports,
      inputs,
      work,
      (done, all) => (reading.tenant = { done, expected: all }),
      controller.signal,
    ),
    earlierDate(inputs.request, work, controller.signal),
  ] as const;
  const all = Promise.all(tasks).finally(() => (ended = true));
  // Failing before anybody waits for it is no accident: it is waited for below.
  all.catch(() => undefined);
  try {
    while (!ended) {
      yield structuredClone(reading);
      await Promise.race([all, ports.clock.sleep(REPORT_EVERY_MS, controller.signal)]);
    }
    const [legacy, tenant, since] = await all;
    yield reading;
    return { legacy, tenant, since };
  } finally {
    // What still runs after a failure must be over before its files go.
    controller.abort();
    await Promise.allSettled(tasks);
  }
}

async function earlierDate(
  { since }: AuditRequest,
  work: AuditWork,
  signal: AbortSignal,
): Promise<string | null> {
  if (since === undefined) return null;
  return since.kind === 'date'
    ? momentOf(since.date)
    : (await work.readEarlier(since.file, signal)).generatedAt;
}

async function fillTenant(
  ports: Ports,
  { request, project, legacyKnows }: Inputs,
  work: AuditWork,
  report: (done: number, expected: number) => void,
  signal: AbortSignal,
): Promise<TenantSide> {
  const markers = request.markers ?? DEFAULT_MARKERS;
  const { against } = request;
  if (against.kind === 'trial')
    return fillFromTrial(ports, request.project, against.trial, markers, work, report, signal);
  const rules = {
    connection: against.connection ?? project.connection.name,
    markers,
    kept: keptOfTenant(legacyKnows),
  };
  const { files, format = null, columns } = against;
  const summary = await work.readExports({ files, format, columns, rules }, report, signal);
  const sum = (of: (file: ExportFile) => number) => summary.files.reduce((all, file) => all + of(file), 0);
  return {
    files: summary.files,
    broken: summary.broken,
    knowledge: summary.files.map((file) => file.knowledge),
    counts: {
      lines: sum((file) => file.lines),
      users: sum((file) => file.users),
      otherConnections: sum((file) => file.otherConnections),
      broken: sum((file) => file.broken),
      deleted: 0,
    },
  };
}

async function fillFromTrial(
  ports: Ports,
  project: string,
  trial: string,
  markers: typeof DEFAULT_MARKERS,
  work: AuditWork,
  report: (done: number, expected: number) => void,
  signal: AbortSignal,
): Promise<TenantSide> {
  const record = await ports.trialFolders.readRecord(project, trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project, record.id));
  try {
    const expected = replica.accountCount();
    const breathe = () => ports.clock.sleep(0, signal);
    const seen = (done: number) => report(done, Math.max(done, expected));
    const { users, deleted } = await fillFromReplica(replica, markers, work, breathe, seen, signal);
    const counts = { lines: users + deleted, users, otherConnections: 0, broken: 0, deleted };
    return { files: [], broken: [], knowledge: [REPLICA_KNOWLEDGE], counts };
  } finally {
    replica.close();
  }
}

type Unfinished = Omit<AuditResult, 'generatedAt' | 'milliseconds'>;

async function* compare(
  ports: Ports,
  inputs: Inputs,
  work: AuditWork,
  filled: Filled,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, Unfinished, void> {
  const { request, legacyKnows } = inputs;
  const { knowledge } = filled.tenant;
  const compared = knowledge.map((file) => comparable(legacyKnows, file));
  const rules: AuditRules = { ...inputs.rules, files: knowledge, compared };
  const tally = new AuditTally(request.personalData);
  const changes =
    request.since === undefined ? null : new ChangeTally(request.since.kind, filled.since!, tally, work);
  const expected = filled.legacy.users + filled.tenant.counts.users;
  let people: ReturnType<typeof listedPerson>[] = [];
  let done = 0;
  let last = ports.clock.ticks();
  for (const group of work.groups()) {
    const person = classify(group, rules);
    const selected = isSelected(person, request, filled.since);
    tally.add(person, selected);
    changes?.add(person);
    if (selected && request.list) people.push(listedPerson(person, group, request));
    done += 1;
    if (done % AT_ONCE !== 0) continue;
    if (people.length > 0) yield { type: 'people', people };
    people = [];
    if (ports.clock.ticks() - last < REPORT_EVERY_MS) continue;
    last = ports.clock.ticks();
    yield { type: 'comparing', done, expected: Math.max(done, expected) };
    await ports.clock.sleep(0, signal);
    if (signal.aborted) throw new Fault('cancelled', 'the audit was cancelled');
  }
  if (people.length > 0) yield { type: 'people', people };
  return resultOf(ports, inputs, work, filled, { tally, changes, compared });
}

interface Counted {
  readonly tally: AuditTally;
  readonly changes: ChangeTally | null;
  readonly compared: readonly (readonly number[])[];
}

function resultOf(
  ports: Ports,
  inputs: Inputs,
  work: AuditWork,
  filled: Filled,
  counted: Counted,
): Unfinished {
  const { request, project, rules, legacyKnows } = inputs;
  const { tally, changes } = counted;
  const { legacy, tenant } = filled;
  const { importHistory, cutover } = rules;
  const indexes = AUDIT_ATTRIBUTES.map((_name, index) => index).filter((index) =>
    counted.compared.some((one) => one.includes(index)),
  );
  const totals = {
    legacy,
    tenant: { ...tenant.counts, repeated: work.repeated(), matched: tally.matched },
    states: tally.states(),
    signs: tally.signs(),
    months: tally.months(),
  };
  assertAuditBalanced(totals);
  const open = legacy.rows - tally.usersIn('migrated');
  const { against } = request;
  return {
    version: AUDIT_VERSION,
    project: project.settings.name,
    versions: { userferry: ports.versions.userferry, node: ports.versions.node },
    against: {
      kind: against.kind,
      trial: against.kind === 'trial' ? against.trial : null,
      connection:
        against.kind === 'export' ? (against.connection ?? project.connection.name) : project.connection.name,
      files: tenant.files.map(({ knowledge: _knowledge, ...file }) => file),
    },
    importSince: typeof importHistory === 'string' ? importHistory : importHistory.since,
    cutover,
    ...totals,
    findings: tally.findings(),
    drift: tally.drift(),
    drifting: tally.drifting,
    compared: indexes.map((index) => AUDIT_ATTRIBUTES[index]!),
    caveats: [
      ...caveatsOf({ ...totals, against: against.kind, importHistory, legacyKnows, compared: indexes }),
    ],
    broken: tenant.broken.map(({ file, line, reason }) => ({
      file: tenant.files[file]?.path ?? '',
      line,
      reason,
    })),
    selected: tally.selected,
    changes: changes?.result() ?? null,
    personalData: request.personalData ? 'shown' : 'masked',
    verdict: open > request.allow ? 'findings' : 'clean',
  };
}
