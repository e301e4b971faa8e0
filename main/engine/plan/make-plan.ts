import type { PlanEvent, PlanRequest, PlanResult, UsedTrial } from '#contract/plan.ts';
import { PLAN_VERSION } from '#contract/plan.ts';
import { type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { pointsOfNoReturn } from '#domain/plan/irreversible.ts';
import type { Source } from '#domain/plan/source.ts';
import { assertPlanBalanced } from '#engine/plan/balance.ts';
import { clashesOf } from '#engine/plan/clashes.ts';
import { type Forecasts, makeForecasts } from '#engine/plan/forecasts.ts';
import { importPart, isTrusted } from '#engine/plan/import-part.ts';
import { importRulesOf, triesLogins } from '#engine/plan/judge-user.ts';
import { knownOutcomes, NO_OUTCOMES } from '#engine/plan/known-outcomes.ts';
import { needsOf, ordersPart } from '#engine/plan/orders-part.ts';
import { peakPart } from '#engine/plan/peak-part.ts';
import { dayOfDate } from '#engine/plan/plan-dates.ts';
import { PREMISES } from '#engine/plan/premises.ts';
import { type LogRead, readLog } from '#engine/plan/read-log.ts';
import { type PeopleRead, readPeople } from '#engine/plan/read-people.ts';
import { cutoverPart, resetsPart } from '#engine/plan/resets-part.ts';
import { datesOf, type Schedule, scheduleOf } from '#engine/plan/schedule.ts';
import { chooseTrials, type TrialEvidence } from '#engine/plan/trial-evidence.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { assumptionsInForce } from '#engine/report/assumptions-in-force.ts';
import { assertReadable } from '#engine/trials/usable-project.ts';
import { openUserSource } from '#engine/trials/user-source.ts';

interface Context {
  readonly ports: Ports;
  readonly request: PlanRequest;
  readonly project: Project;
  readonly assumptions: Assumptions;
  readonly trials: TrialEvidence;
  readonly schedule: Schedule;
  readonly nowMs: number;
}

/** Progress, people where they are asked for, and the plan. */
export async function* makePlan(
  ports: Ports,
  request: PlanRequest,
  outer: AbortSignal | undefined,
): AsyncGenerator<PlanEvent, void, void> {
  const started = ports.clock.ticks();
  const nowMs = ports.clock.now();
  const controller = new AbortController();
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  const project = await ports.projects.open(request.project);
  const { assumptions } = resolveAssumptions(project.settings.assumptions);
  const legacy = await ports.openLegacy(project, { forScripts: false });
  try {
    const source = await openUserSource(legacy.store, {});
    await assertReadable(project.settings, legacy.store, source);
    const trials = await chooseTrials(ports, project, request.trials, source.expected);
    const schedule = scheduleOf(request, source.expected, assumptions, nowMs);
    const context = { ports, request, project, assumptions, trials, schedule, nowMs };
    const judging = openJudge(context);
    let read: PeopleRead;
    try {
      const options = {
        judge: judging.judge,
        follow: request.accessLog !== undefined,
        list: request.list,
        personalData: request.personalData,
      };
      read = yield* readPeople(ports, project, legacy.store, source, options, signal);
    } finally {
      judging.close();
    }
    const log =
      request.accessLog === undefined
        ? null
        : yield* readLog(ports, request.accessLog, read.followed!, read.users, signal);
    const milliseconds = Math.round(ports.clock.ticks() - started);
    yield { type: 'result', result: { ...resultOf(context, read, log), milliseconds } };
  } finally {
    controller.abort();
    await legacy.close();
  }
}

/** What judges users holds the replicas of its trials open. */
function openJudge({ ports, project, assumptions, trials }: Context) {
  const open = (trial: UsedTrial | null) =>
    trial === null
      ? null
      : ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project.folder, trial.trial));
  const bulk = open(trials.bulk);
  let lazy: typeof bulk;
  try {
    lazy = open(trials.lazy);
  } catch (error) {
    bulk?.close();
    throw error;
  }
  return {
    judge: {
      rules: importRulesOf(project.connection, assumptions),
      bulk: bulk === null ? NO_OUTCOMES : knownOutcomes(bulk, 'bulk'),
      lazy: lazy === null ? NO_OUTCOMES : knownOutcomes(lazy, 'lazy'),
      loginsTried: triesLogins(trials.lazy),
      measure: !isTrusted(trials.bulk),
    },
    close: () => {
      bulk?.close();
      lazy?.close();
    },
  };
}

function resultOf(context: Context, read: PeopleRead, log: LogRead | null): Omit<PlanResult, 'milliseconds'> {
  const { ports, request, project, assumptions, trials, schedule, nowMs } = context;
  const imports = importPart(ports, project, read, trials.bulk, assumptions, schedule.tier);
  const { tooEarly, ...dates } = datesOf(schedule, request, imports.seconds, assumptions);
  const horizon = { ...schedule, cutoverDays: dayOfDate(dates.cutover) - schedule.startDay };
  const made = makeForecasts(read, log, horizon, project.settings.fields.lastLogin !== undefined, nowMs);
  const from = fateSources(trials, read.rows);
  const inputs = {
    matrix: read.matrix,
    used: made.used,
    from,
    clashes: clashesOf(ports, project, trials),
    lazyTried: triesLogins(trials.lazy),
  };
  const needs = needsOf(inputs);
  const peak = peakPart(ports, project, {
    peak: log?.peak ?? null,
    lines: log === null ? 0 : log.counts.used + log.counts.elsewhere,
    lazy: trials.lazy,
    tier: schedule.tier,
    assumptions,
  });
  const counted = {
    legacy: { rows: read.rows, users: read.users, unreadable: read.unreadable, withoutId: read.withoutId },
    import: imports.part,
    forecasts: made.forecasts,
    accessLog: log?.counts ?? null,
    fates: read.matrix.cells().map((cell) => ({ ...cell })),
    ...ordersPart(inputs),
    resets: resetsPart(read, needs, dates.lazyEnd, request.list, from),
  };
  assertPlanBalanced(counted);
  const diagnostics = [
    ...projectDiagnostics(project, trials, tooEarly, dates),
    ...imports.diagnostics,
    ...made.diagnostics,
    ...peak.diagnostics,
  ];
  return {
    version: PLAN_VERSION,
    generatedAt: new Date(nowMs).toISOString(),
    project: project.settings.name,
    versions: { userferry: ports.versions.userferry, node: ports.versions.node },
    schedule: dates,
    trials: { bulk: trials.bulk, lazy: trials.lazy, mixed: [...trials.mixed] },
    ...counted,
    peak: peak.part,
    cutover: cutoverPart(read, needs, made.used, dates, from),
    irreversible: irreversibleOf(context, read, dates, from),
    premises: PREMISES.map((one) => ({ ...one })),
    assumptions: assumptionsInForce(assumptions),
    diagnostics: diagnostics.map((one) => ({ ...one })),
    personalData: request.personalData ? 'shown' : 'masked',
    verdict: verdictOf(request, read, made, diagnostics),
  };
}

function fateSources({ bulk, lazy }: TrialEvidence, rows: number): readonly Source[] {
  return [
    ...[bulk, lazy].flatMap((one): Source[] => (one === null ? [] : [{ kind: 'trial', trial: one.trial }])),
    { kind: 'measured', what: 'legacy rows', count: rows },
  ];
}

function irreversibleOf(
  { project, schedule }: Context,
  read: PeopleRead,
  { start, cutover }: PlanResult['schedule'],
  from: readonly Source[],
): PlanResult['irreversible'] {
  const importStart = new Date(schedule.importStartDay * 86_400_000).toISOString().slice(0, 10);
  const figure = (value: number) => ({ value, from });
  const points = pointsOfNoReturn({
    start,
    importStart,
    cutover,
    scriptContext: project.connection.enableScriptContext,
    withPassword: figure(read.withPassword),
    withoutPassword: figure(read.withoutPassword),
    leftBehind: figure(read.matrix.need('left') + read.matrix.need('left-unless-login')),
  });
  return structuredClone(points) as PlanResult['irreversible'];
}

function projectDiagnostics(
  project: Project,
  { bulk, lazy, mixed }: TrialEvidence,
  tooEarly: boolean,
  { cutover, importEnd, lazyEnd }: PlanResult['schedule'],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!project.connection.importMode) {
    const place = {
      kind: 'file',
      path: `database-connections/${project.connection.name}/database.json`,
    } as const;
    found.push(diagnostic('plan.import-off', 'import_mode is false.', { place }));
  }
  if (tooEarly) {
    const over = importEnd === null ? `cannot begin before ${lazyEnd} is over` : `is over on ${importEnd}`;
    found.push(
      diagnostic('plan.cutover-before-import-ends', `The cutover is on ${cutover}; the import ${over}.`),
    );
  }
  if (bulk === null) found.push(diagnostic('plan.no-bulk-trial', 'No bulk trial has finished.'));
  if (lazy === null) found.push(diagnostic('plan.no-lazy-trial', 'No lazy trial has finished.'));
  else if (!triesLogins(lazy)) {
    const message = `Trial ${lazy.trial} ran at depth ${lazy.depth}.`;
    found.push(diagnostic('plan.logins-not-rehearsed', message));
  }
  for (const order of ['lazy-first', 'bulk-first'] as const) {
    if (mixed.some((one) => one.order === order)) continue;
    const message = `No mixed trial with order ${order} has finished.`;
    const help = `Run userferry trial mixed --order ${order}, then plan again.`;
    found.push(diagnostic('plan.no-mixed-trial', message, { help }));
  }
  for (const trial of new Set([bulk, lazy, ...mixed]))
    if (trial !== null) found.push(...trialDiagnostics(trial));
  return found;
}

function trialDiagnostics({ trial, outdated, partly, users }: UsedTrial): Diagnostic[] {
  return [
    ...(outdated
      ? [diagnostic('plan.trial-outdated', `Settings or scripts have changed since trial ${trial}.`)]
      : []),
    ...(partly
      ? [diagnostic('plan.trial-of-a-part', `Trial ${trial} had ${users} users; the store is another today.`)]
      : []),
  ];
}

function verdictOf(
  request: PlanRequest,
  read: PeopleRead,
  { used }: Forecasts,
  diagnostics: readonly Diagnostic[],
): PlanResult['verdict'] {
  const errors = diagnostics.some(({ severity }) => severity === 'error');
  return errors || used === null || read.matrix.need('left') > request.allow ? 'findings' : 'clean';
}
