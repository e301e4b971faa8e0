import type { PlanResult, UsedTrial } from '#contract/plan.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { inFlight, type Peak } from '#domain/plan/peak.ts';
import type { Source } from '#domain/plan/source.ts';
import { type TierName, TIERS } from '#domain/plan/tiers.ts';
import { documented, figure } from '#engine/plan/figures.ts';
import { withReplica } from '#engine/plan/trial-evidence.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';

const MOST_OUTCOMES = 20_000;
const PAGE = 1_000;
/** The tenant stops a script after about this long. */
const SCRIPT_LIMIT_MS = 20_000;
/** From here on a log has dates rather than times. */
const AT_MIDNIGHT = 0.9;
const NEAR = 0.5;

type PeakPart = NonNullable<PlanResult['peak']>;
type Duration = PeakPart['durations'][number];

export interface PeakInputs {
  readonly peak: Peak | null;
  readonly lines: number;
  readonly lazy: UsedTrial | null;
  readonly tier: TierName;
  readonly assumptions: Assumptions;
}

/** Scripts at once in the busiest hour, if every login of it ran the login script, as on the first day. */
export function peakPart(
  ports: Ports,
  project: Project,
  inputs: PeakInputs,
): { readonly part: PlanResult['peak']; readonly diagnostics: readonly Diagnostic[] } {
  const { peak, lazy, tier, lines, assumptions } = inputs;
  if (peak === null) return { part: null, diagnostics: [] };
  if (peak.atMidnight > AT_MIDNIGHT) {
    const message = `${Math.round(peak.atMidnight * 100)} % of the lines are at midnight.`;
    return { part: null, diagnostics: [diagnostic('plan.log-without-times', message)] };
  }
  const measured: Source = { kind: 'measured', what: 'log lines', count: lines };
  const runs = assumptions['get-user-at-login'] === 'yes' ? 2 : 1;
  const times =
    lazy === null ? null : withReplica(ports, project, lazy, (replica) => runTimes(replica, lazy));
  const limit = TIERS[tier].scriptsAtOnce;
  const perSecond = peak.hour.logins / 3600;
  const duration = (kind: Duration['kind'], ms: number, ...from: readonly Source[]): Duration => {
    const { mean, most } = inFlight(perSecond, ms / 1000);
    // A minute that is busier than its hour by more than chance shows in what one moment has at most.
    const atOnce = Math.max(most, Math.ceil((peak.minute.logins / 60) * (ms / 1000)));
    return {
      kind,
      milliseconds: figure(ms, ...from),
      mean,
      most: atOnce,
      share: atOnce / limit,
      over: atOnce > limit,
    };
  };
  const fromTrial = (): Source[] => [
    { kind: 'trial', trial: lazy!.trial },
    { kind: 'assumption', name: `get-user-at-login=${assumptions['get-user-at-login']}` },
  ];
  const durations = [
    ...(times === null
      ? []
      : [
          duration('mean', times.mean * runs, ...fromTrial()),
          duration('slow', times.slow * runs, ...fromTrial()),
        ]),
    duration('limit', SCRIPT_LIMIT_MS, documented('scripts are stopped after about 20 seconds')),
  ];
  return {
    part: {
      hour: { at: new Date(peak.hour.atMs).toISOString(), logins: figure(peak.hour.logins, measured) },
      minute: { at: new Date(peak.minute.atMs).toISOString(), logins: figure(peak.minute.logins, measured) },
      loginsPerSecond: figure(perSecond, measured),
      durations,
      limit: figure(limit, documented('rate limit policy')),
      roomMilliseconds: figure((limit / perSecond) * 1000, measured, documented('rate limit policy')),
    },
    diagnostics: peakDiagnostics(durations, limit, lazy),
  };
}

interface RunTimes {
  readonly mean: number;
  readonly slow: number;
}

/** Milliseconds of one run; null where the trial has no run with a time. */
function runTimes(replica: Replica, { depth }: UsedTrial): RunTimes | null {
  // get_user, login with the right and login with a wrong password share one figure.
  const perUser = depth === 'assumed' || depth === 'proven' ? 3 : 1;
  const times: number[] = [];
  let after = -1;
  for (let read = 0; read < MOST_OUTCOMES; read += PAGE) {
    const page = replica.outcomes({ phase: 'lazy', status: 'ok' }, after, PAGE);
    times.push(...page.flatMap(({ ms }) => (ms > 0 ? [ms / perUser] : [])));
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
  }
  if (times.length === 0) return null;
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
  return { mean, slow: times[Math.min(times.length - 1, Math.floor(times.length * 0.95))]! };
}

function peakDiagnostics(
  durations: readonly Duration[],
  limit: number,
  lazy: UsedTrial | null,
): Diagnostic[] {
  const rehearsed = durations.filter(({ kind }) => kind !== 'limit');
  const worst = rehearsed.reduce<Duration | null>(
    (most, one) => (most === null || one.most > most.most ? one : most),
    null,
  );
  const found: Diagnostic[] = [];
  if (worst !== null) {
    const message = `Up to ${worst.most} scripts at once in the busiest hour; the tenant allows ${limit}.`;
    if (worst.over) found.push(diagnostic('plan.peak-over-limit', message));
    else if (worst.share > NEAR) found.push(diagnostic('plan.peak-near-limit', message));
  }
  if (lazy !== null && worst !== null && lazy.depth !== 'proven') {
    const message = `Trial ${lazy.trial} ran at depth ${lazy.depth}.`;
    found.push(diagnostic('plan.durations-without-checks', message));
  }
  return found;
}
