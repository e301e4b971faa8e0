import type { Report } from '#contract/report.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import { toSample } from '#engine/report/samples.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

const SAMPLES = 5;

/** Failed and skipped outcomes by the cause that decided them. */
export function causeGroups(phase: Phase, replica: Replica, personalData: boolean): Report['causes'] {
  return replica.causes(phase).map(({ cause, status, users }) => ({
    phase,
    status: status === 'skipped' ? ('skipped' as const) : ('failed' as const),
    users,
    ...describe(cause),
    samples: replica
      .outcomes({ phase, cause, status }, -1, SAMPLES)
      .map((outcome) => toSample(outcome, cause, replica, personalData)),
  }));
}

/** Every finding by code, on whatever users, decided or not. */
export function findingGroups(phase: Phase, replica: Replica, personalData: boolean): Report['findings'] {
  return replica.findingCodes(phase).map(({ code, users }) => ({
    phase,
    users,
    ...describe(code),
    samples: replica
      .outcomes({ phase, findingCode: code }, -1, SAMPLES)
      .map((outcome) => toSample(outcome, code, replica, personalData)),
  }));
}

/** Mixed trials: failures of the second phase that are about an account the first phase made. */
export function clashGroups(record: TrialRecord, replica: Replica, personalData: boolean): Report['clashes'] {
  if (record.options.kind !== 'mixed') return [];
  const second: Phase = record.options.order === 'lazy-first' ? 'bulk' : 'lazy';
  return replica
    .findingCodes(second)
    .filter(({ code }) => code === 'trial.clash-with-first-phase')
    .map(({ code, users }) => ({
      code,
      users,
      title: describe(code).title,
      samples: replica
        .outcomes({ phase: second, findingCode: code }, -1, SAMPLES)
        .map((outcome) => toSample(outcome, code, replica, personalData)),
    }));
}

function describe(
  code: string,
): Pick<Report['causes'][number], 'code' | 'severity' | 'title' | 'meaning' | 'fix'> {
  const entry = catalogEntry(code);
  if (entry === null) throw new Error(`the catalog has no entry for ${code}`);
  return { code, severity: entry.severity, title: entry.title, meaning: entry.meaning, fix: entry.fix };
}
