import { flows, type FlowStep } from '#contract/flows.ts';
import type { Attempt } from '#contract/scripts.ts';
import type { TraceStep } from '#contract/traces.ts';
import type { Json } from '#domain/json.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { withoutSecretValues } from '#engine/flows/flow-view.ts';
import { runFlow } from '#engine/flows/run-flow.ts';
import { maskedPipeline } from '#engine/pipeline/masked-pipeline.ts';
import { tryScript } from '#engine/scripts/try-script.ts';
import { facts, step, type TraceFinding } from '#engine/traces/step.ts';
import type { Subject, TraceContext } from '#engine/traces/subject.ts';
import { identifierOf } from '#engine/traces/next-login.ts';

/** Fills in what a flow takes by default. */
const FLOW = flows.run['~orpc'].inputSchema!;

/**
 * The scripts once more, as for somebody whom the user store does not know, and the next login from where the trial
 * ended. Nothing is kept of either.
 */
export async function runAgain(context: TraceContext, subject: Subject): Promise<TraceStep[]> {
  const identifier = identifierOf(context, subject);
  if (identifier === null) return [];
  const login = async (trial: string | undefined): Promise<FlowStep> => {
    const { ports, project, request } = context;
    const about = { project: project.folder, name: 'login', identifier, trial } as const;
    const { steps } = await runFlow(ports, FLOW.parse({ ...about, timeLimitMs: request.timeLimitMs }));
    const last = steps.at(-1);
    if (last === undefined) throw new Error('our bug: a login without a step');
    return last;
  };
  const mask = masking(context, subject.live?.user ?? null, identifier);
  const { attempts } = await tryScript(context.ports, {
    pipeline: 'off',
    project: context.project.folder,
    slot: 'get_user',
    identifier,
    scenario: 'right-password',
    timeLimitMs: context.request.timeLimitMs,
  });
  const first = await login(undefined);
  const scripts = [
    ...attempts.map((attempt) => withoutSecretValues(attempt)),
    // Where get_user runs before login, it has run already.
    ...first.scripts.filter(({ slot }) => slot !== 'get_user'),
  ];
  const next = context.record?.status === 'finished' ? await login(context.record.id) : null;
  return [
    ...scripts.map((attempt) => scriptAgain(attempt, mask)),
    ...(next === null ? [] : [rehearsedLogin(next, context.request.personalData)]),
  ];
}

function scriptAgain(attempt: Attempt, mask: (attempt: Attempt) => Attempt): TraceStep {
  const { slot, ending, statements, connections, ms } = attempt;
  return step('script-again', `${slot}, run again`, {
    status: ending === 'called-back' ? 'ok' : 'failed',
    facts: facts([
      ['ended', ending],
      ['statements', String(statements.length)],
      ['connections', String(connections.length)],
      ['time', `${Math.round(ms.total)} ms`],
    ]),
    attempt: mask(attempt),
  });
}

function rehearsedLogin(login: FlowStep, personalData: boolean): TraceStep {
  const { outcome, pipeline } = login;
  const failed: TraceFinding[] =
    outcome.status === 'ok'
      ? []
      : [
          {
            code: outcome.cause,
            severity: 'error',
            title: outcome.title,
            detail: outcome.detail,
            fix: outcome.fix,
          },
        ];
  return step('next-login', 'Next login, rehearsed now', {
    status: outcome.status === 'ok' ? 'ok' : 'failed',
    facts: facts([
      ...login.decisions.map((text) => ['decision', text] as const),
      ...login.events.map((text) => ['event', text] as const),
    ]),
    findings: [...failed, ...login.findings.filter(({ code }) => !failed.some((one) => one.code === code))],
    ...(pipeline === null ? {} : { pipeline: personalData ? pipeline : maskedPipeline(pipeline) }),
  });
}

const HIDDEN = '***';

/** Takes out of an attempt what would tell who the person is. */
function masking(
  { request }: TraceContext,
  user: LegacyUser | null,
  identifier: string,
): (attempt: Attempt) => Attempt {
  if (request.personalData) return (attempt) => attempt;
  const texts = [
    identifier,
    ...(user === null
      ? []
      : [user.email, user.username, user.name, user.givenName, user.familyName, user.phoneNumber]),
  ].flatMap((text) => (text === null || text.length < 3 ? [] : [text]));
  const without = (text: string) =>
    texts.reduce(
      (left, one) =>
        left.replaceAll(new RegExp(one.replaceAll(/[\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'gi'), HIDDEN),
      text,
    );
  return (attempt) => ({
    ...attempt,
    value: leavesHidden(attempt.value) as Attempt['value'],
    error:
      attempt.error === null
        ? null
        : {
            ...attempt.error,
            message: without(attempt.error.message),
            ...(attempt.error.stack === undefined ? {} : { stack: without(attempt.error.stack) }),
            ...(attempt.error.description === undefined
              ? {}
              : { description: without(attempt.error.description) }),
          },
    console: attempt.console.map((line) => ({ ...line, text: HIDDEN })),
    statements: attempt.statements.map((statement) => ({
      ...statement,
      text: without(statement.text),
      binds: statement.binds.map(() => HIDDEN),
      ...(statement.error === undefined ? {} : { error: without(statement.error) }),
    })),
  });
}

/** The shape of a profile without its texts. */
function leavesHidden(value: Json): Json {
  if (typeof value === 'string') return HIDDEN;
  if (Array.isArray(value)) return value.map((one: Json) => leavesHidden(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, leavesHidden(one)]));
}
