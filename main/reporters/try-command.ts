import type { Report } from '#contract/report.ts';
import { shellWord } from '#reporters/escape.ts';
import type { PhaseName, Sample } from '#reporters/wording.ts';

/**
 * The command that tries the scripts for one sample user. The user is named by its key in the legacy store, so
 * that the line can be passed on without personal data; a key of several columns is written as JSON.
 */
export function tryCommand(report: Report, phase: PhaseName, sample: Sample): string | null {
  if (phase === 'bulk') return null;
  const slot =
    report.trial.options.depth === 'profiles' || report.trial.options.depth === 'formats'
      ? 'get_user'
      : 'login';
  const key = sample.key.length === 1 ? String(sample.key[0]) : JSON.stringify(sample.key);
  return `userferry try ${slot} --key ${shellWord(key)}`;
}

/** How a sample user is named in a report: the key, and the person only where that was asked for. */
export function sampleName(sample: Sample): string {
  const key = sample.key.map(String).join(', ');
  return sample.who === null ? key : `${key} (${sample.who})`;
}

export interface SampleGroup {
  readonly names: readonly string[];
  readonly detail: string;
  readonly line: number | null;
}

/** Samples that say the same about different users, said once; in the order of their first users. */
export function groupSamples(samples: readonly Sample[]): readonly SampleGroup[] {
  const groups = new Map<string, { names: string[]; detail: string; line: number | null }>();
  for (const sample of samples) {
    const { detail, line } = sample;
    const group = groups.get(`${line} ${detail}`);
    if (group === undefined) groups.set(`${line} ${detail}`, { names: [sampleName(sample)], detail, line });
    else group.names.push(sampleName(sample));
  }
  return [...groups.values()];
}
