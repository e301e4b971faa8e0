import type { Json } from '#domain/json.ts';
import type { Effects, Notice } from '#domain/pipeline/effects.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { Program, ScriptEnding, ScriptRun } from '#engine/ports/script-runner.ts';
import { withoutTexts } from '#engine/scripts/masked-runner.ts';
import { looksLikeOutage } from '#engine/trials/looks-like-outage.ts';

export type StepStatus = 'ok' | 'denied' | 'failed' | 'left' | 'not-run';

/** One Action, Rule or Hook as it ran. */
export interface StepRun {
  readonly kind: 'action' | 'rule' | 'hook';
  readonly name: string;
  /** Name of the function that was called. */
  readonly handler: string;
  /** `left`: it sent the person to another page. `not-run`: an earlier step ended the flow. */
  readonly status: StepStatus;
  readonly run: ScriptRun | null;
  /** Line of the failure or denial in the step's own file. */
  readonly line: number | null;
}

/** The steps of one trigger and what they asked for. */
export interface TriggerRun {
  readonly steps: readonly StepRun[];
  readonly effects: Effects;
  /** The step at which the flow ended without a denial. */
  readonly failed: { readonly step: string; readonly code: Notice['code']; readonly detail: string } | null;
  readonly ms: number;
}

/** Time left of a trigger's, counted down by its runs. */
export interface Budget {
  leftMs: number;
}

const MOST_TRIES = 3;
const SHORTEST_MS = 100;

/** Runs a program once; again where a worker died under it through no fault of its own. */
export async function runProgram(
  host: PipelineHost,
  budget: Budget,
  script: Program,
  input: Json,
  configuration: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  for (let tries = 1; ; tries++) {
    const ran = await host.runner.run({
      script,
      args: [input],
      password: null,
      configuration,
      container: host.container,
      timeLimitMs: Math.max(SHORTEST_MS, Math.round(budget.leftMs)),
      passwordChecks: { kind: 'true' },
      detail: host.detail,
    });
    const run = withoutTexts(ran, host.hidden ?? []);
    budget.leftMs -= run.ms.total;
    if (tries === MOST_TRIES || run.ending !== 'crashed' || !looksLikeOutage(run)) return run;
  }
}

const ENDINGS: Readonly<Partial<Record<ScriptEnding, string>>> = {
  'never-called-back': 'never ends',
  threw: 'throws',
  rejected: 'throws',
  'timed-out': 'is not over in time',
  blocked: 'blocks without an end',
  'out-of-memory': 'runs out of memory',
  crashed: 'ends its process',
  'does-not-compile': 'does not compile',
  'too-large': 'is too large',
  'called-back-error': 'calls back an error',
};

/** What a run that did not end well is called; the error's text stays with the run. */
export function failureNotice(step: string, run: ScriptRun, line: number | null): Notice {
  const slow = run.ending === 'timed-out' || run.ending === 'blocked';
  const error = run.error === null ? '' : ` (${run.error.name})`;
  return {
    code: slow ? 'pipeline.time-limit' : 'pipeline.step-failed',
    detail: `${step} ${ENDINGS[run.ending] ?? run.ending}${error}`,
    step,
    ...(line === null ? {} : { line }),
  };
}
