import type { PipelineRun, PipelineStep } from '#contract/pipeline.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { Json } from '#domain/json.ts';
import type { Difference } from '#domain/pipeline/compare-runs.ts';
import type { Notice } from '#domain/pipeline/effects.ts';
import { END_OF_LIFE } from '#domain/pipeline/pipeline.ts';
import type { TokenView } from '#domain/pipeline/tokens.ts';
import type { FiredTrigger, PipelinePass } from '#engine/pipeline/transaction.ts';
import { seenUser } from '#engine/pipeline/transaction.ts';

/** A pass as the contract shows it, with what differs from the login before it. */
export function pipelineView(pass: PipelinePass, differences: readonly Difference[]): PipelineRun {
  const { fired, user, tokens, host } = pass;
  const steps = fired.flatMap(stepViews);
  const ended = steps.some(({ kind }) => kind !== 'action');
  const issued = pass.denied === null && pass.failed === null;
  const view = {
    mode: host.mode,
    endOfLife: ended ? END_OF_LIFE : null,
    triggers: fired.map(({ trigger, because, run }) => ({ trigger, because, ms: run.ms })),
    steps,
    outcome: outcomeView(pass),
    user: user === null ? null : seenUser(host, user),
    metadata: metadataView(pass),
    idToken: tokens?.id == null ? null : tokenOf(tokens.id, issued),
    accessToken: tokens === null ? null : tokenOf(tokens.access, issued),
    requests: fired.flatMap(({ run }) => run.effects.requests),
    findings: [...pass.notices, ...(ended ? [RULES_RAN] : [])].map(findingView),
    differences,
  };
  // Plain JSON throughout; the contract's types do not say readonly.
  return structuredClone(view) as PipelineRun;
}

const RULES_RAN: Omit<Notice, 'step'> & { readonly step: null } = {
  code: 'pipeline.rules-ran',
  detail: 'end of life: 2026-11-18',
  step: null,
};

function stepViews({ trigger, run }: FiredTrigger): readonly PipelineStep[] {
  return run.steps.map(({ kind, name, handler, status, line, run: ran }) => ({
    kind,
    name,
    trigger,
    handler,
    status,
    line,
    error: ran?.error == null ? null : { name: ran.error.name, message: ran.error.message },
    console: (ran?.console ?? []).map((one) => ({ ...one })),
    ms: ran?.ms.total ?? 0,
    memoryBytes: ran?.memoryBytes ?? null,
  }));
}

function outcomeView({ denied, failed }: PipelinePass): PipelineRun['outcome'] {
  if (denied !== null) {
    const { by, reason, error, userMessage } = denied;
    return { status: 'denied', by, reason, error, userMessage };
  }
  if (failed === null) return { status: 'ok' };
  return { status: 'failed', by: failed.step, cause: failed.code, detail: failed.detail };
}

function metadataView({ metadata, user }: PipelinePass) {
  const now = new Map<string, Json>();
  return metadata.map(({ store, key, value, by }) => {
    const kept = user?.profile[store === 'app_metadata' ? 'appMetadata' : 'userMetadata'] ?? {};
    const name = `${store} ${key}`;
    const before = now.get(name) ?? kept[key] ?? null;
    now.set(name, value);
    return { store, key, before, after: value, by };
  });
}

function tokenOf({ before, after, dropped, overwritten }: TokenView, issued: boolean) {
  return { before, after: issued ? after : null, dropped, overwritten };
}

function findingView({
  code,
  detail,
  step,
  line,
}: Omit<Notice, 'step'> & { readonly step: string | null }): PipelineRun['findings'][number] {
  const entry = catalogEntry(code);
  return {
    code,
    severity: entry?.severity ?? 'note',
    title: entry?.title ?? code,
    detail,
    fix: entry?.fix ?? '',
    step,
    line: line ?? null,
  };
}
