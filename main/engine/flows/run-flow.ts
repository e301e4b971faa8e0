import type { FlowResult, FlowStep } from '#contract/flows.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { type Act, storyOf } from '#domain/migration/stories.ts';
import { trackAssumptions } from '#domain/tracked-assumptions.ts';
import { accountOfPerson, applyAll, type FlowSession, type StepNotes } from '#engine/flows/flow-session.ts';
import type { FlowRequest } from '#engine/flows/flow-request.ts';
import { stepView } from '#engine/flows/flow-view.ts';
import { openFlow } from '#engine/flows/open-flow.ts';
import { runActWithPipeline } from '#engine/flows/act-with-pipeline.ts';
import { visibleAccount } from '#engine/flows/run-act.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { assumptionsInForce } from '#engine/report/assumptions-in-force.ts';

/** Simulated time between two acts. */
const PAUSE_MS = 3_000;
const UNUSABLE =
  'Actions are left out: their files have errors, which "userferry check" lists (--pipeline actions insists)';
const PREPARATION: Act = { act: 'login', password: 'own' };

/** Takes one person through a story, step by step, and says everything that was seen. */
export async function runFlow(ports: Ports, request: FlowRequest): Promise<FlowResult> {
  const project = await ports.projects.open(request.project);
  const story = storyOf(request.name);
  const tracked = trackAssumptions(resolveAssumptions(project.settings.assumptions).assumptions);
  const open = await openFlow(ports, project, request, tracked);
  try {
    const { session, replica } = open;
    const steps = await runSteps(session, story.acts, story.needsAccount === true);
    if (request.keep && replica !== null) keep(replica, session);
    const used = new Set<string>(tracked.takeUsed());
    return {
      name: request.name,
      title: story.title,
      meaning: story.meaning,
      trial: request.trial ?? null,
      kept: request.keep,
      password: session.passwords.source,
      steps,
      assumptions: assumptionsInForce({ ...tracked.assumptions }).filter(({ name }) => used.has(name)),
    };
  } finally {
    await open.close();
  }
}

async function runSteps(
  session: FlowSession,
  acts: readonly Act[],
  needsAccount: boolean,
): Promise<FlowStep[]> {
  const prepares = needsAccount && visibleAccount(session) === null;
  const startMs = session.ports.clock.now();
  const steps: FlowStep[] = [];
  let mailSent = false;
  for (const [index, act] of (prepares ? [PREPARATION, ...acts] : acts).entries()) {
    const notes: StepNotes = {
      atMs: startMs + index * PAUSE_MS,
      importMode: importModeOf(session, act),
      decisions: index === 0 && session.pipelineUnusable ? [UNUSABLE] : [],
      runs: [],
    };
    const before = accountOfPerson(session);
    session.userId = before?.userId ?? session.userId;
    const result = await runActWithPipeline(session, notes, act, mailSent);
    const { decision } = result;
    applyAll(session, decision.events, notes.atMs);
    mailSent = act.act === 'request-reset' && decision.outcome.status === 'ok';
    const frame = {
      number: index + 1,
      preparation: prepares && index === 0,
      before,
      after: accountOfPerson(session),
    };
    steps.push(stepView(frame, act, notes, result));
  }
  return steps;
}

/** A story that is about the import mode sets it itself; else the request's, else the connection's. */
function importModeOf(session: FlowSession, act: Act): boolean {
  const own = act.act === 'login' ? act.importMode : undefined;
  return own ?? session.importMode ?? session.project.connection.importMode;
}

function keep(replica: Replica, { happened }: FlowSession): void {
  replica.batch((batch) => {
    for (const { event, atMs } of happened) batch.apply(event, atMs, null);
  });
}
