import { diagnostic, type DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';

/** A script as the project has it now: checksums of its text as it would run, by slot. */
export interface PresentInputs {
  readonly settings: string;
  readonly scripts: Readonly<Record<string, string>>;
}

export interface Judgement {
  readonly slot: Slot;
  /** Trials that this very text passed; it is validated where there is one. */
  readonly trials: readonly string[];
  /** Why it is not validated; null where it is. */
  readonly reason: string | null;
  readonly code: DiagnosticCode | null;
}

type Verdict = { readonly reason: string; readonly code: DiagnosticCode } | null;

/** Which trials stand for a script as it is now, or what keeps each of them from it. */
export function judgeScript(slot: Slot, now: PresentInputs, trials: readonly NamedTrial[]): Judgement {
  const verdicts = trials.map((trial) => ({ trial, verdict: verdictOn(slot, now, trial) }));
  const passed = verdicts.filter(({ verdict }) => verdict === null).map(({ trial }) => trial.record.id);
  if (passed.length > 0) return { slot, trials: passed, reason: null, code: null };
  const reasons = verdicts.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
  const changed = reasons.length > 0 && reasons.every(({ code }) => code === 'export.settings-changed');
  return {
    slot,
    trials: [],
    reason: reasons.length === 0 ? 'no trial was named' : reasons.map(({ reason }) => reason).join('; '),
    code: changed ? 'export.settings-changed' : 'export.script-unvalidated',
  };
}

function verdictOn(slot: Slot, now: PresentInputs, { record, report }: NamedTrial): Verdict {
  const not = (reason: string, code: DiagnosticCode = 'export.script-unvalidated'): Verdict => ({
    reason,
    code,
  });
  if (!ranSlot(slot, report)) return not(`trial ${record.id} did not run ${slot}`);
  if (record.inputs.scripts[slot] !== now.scripts[slot]) return not(`trial ${record.id} ran another text`);
  if (report.verdict === 'incomplete') return not(`trial ${record.id} is not finished`);
  if (!report.counts.some(({ phase, ok }) => phase === 'lazy' && ok > 0)) {
    return not(`no user came through in trial ${record.id}`);
  }
  if (report.verdict === 'findings') {
    const failed = report.counts.reduce((sum, phase) => sum + phase.failed, 0);
    return not(`${failed} users failed in trial ${record.id}, which is more than were allowed`);
  }
  if (record.inputs.settings === now.settings) return null;
  return not(`trial ${record.id} had other settings`, 'export.settings-changed');
}

/** Bulk imports run no script, and no trial runs the other slots. */
function ranSlot(slot: Slot, { trial, counts }: NamedTrial['report']): boolean {
  if (!counts.some(({ phase }) => phase === 'lazy')) return false;
  const { depth } = trial.options;
  return slot === 'get_user' || (slot === 'login' && (depth === 'assumed' || depth === 'proven'));
}

/** One finding for each script that no trial stands for; a warning where that was accepted. */
export function judgementDiagnostics(judgements: readonly Judgement[], accepted: boolean): Diagnostic[] {
  return judgements.flatMap(({ slot, reason, code }) => {
    if (reason === null || code === null) return [];
    const message = `The ${slot} script is not validated: ${reason}.`;
    const found = diagnostic(code, message, { place: { kind: 'script', slot } });
    return [accepted ? { ...found, severity: 'warning' as const } : found];
  });
}
