/** What a person knows about the migration; null: not answered yet. */
export interface GuideAnswers {
  readonly hashes: 'all' | 'some' | 'none' | null;
  readonly formats: 'accepted' | 'mixed' | 'own' | null;
  readonly resets: 'yes' | 'rather-not' | null;
  readonly segments: 'yes' | 'no' | null;
}

export const NOTHING_KNOWN: GuideAnswers = { hashes: null, formats: null, resets: null, segments: null };

export interface Advice {
  readonly title: string;
  readonly why: string;
  /** What to do in Userferry, in order. */
  readonly steps: readonly string[];
}

/** A recommendation, as soon as what is known carries one. */
export function adviceFor(answers: GuideAnswers): Advice | null {
  const { hashes, formats, resets, segments } = answers;
  if (hashes === null) return null;
  if (hashes === 'none') return withoutHashes(resets);
  if (formats === null) return null;
  if (hashes === 'all' && formats === 'accepted') return bulk(segments);
  if (resets === null) return null;
  if (formats === 'own' || resets === 'rather-not') return lazyFirst(resets);
  return {
    title: 'Bulk import what can be imported, lazily migrate the rest',
    why: 'Hashes that the import takes move at once; the login script checks the others at the next login.',
    steps: [
      'Trial of kind mixed, bulk first: it names the users whose import would shut out the script.',
      'Plan: files, jobs and hours, and who is left for the lazy phase.',
      'Keep users with unknown hashes out of the import files, or they can never log in.',
    ],
  };
}

function withoutHashes(resets: GuideAnswers['resets']): Advice {
  const reset = resets === 'yes';
  return {
    title: reset
      ? 'Import profiles and let people reset'
      : 'Migrate lazily through the system that checks passwords',
    why: reset
      ? 'Without hashes nothing can carry a password over; a reset e-mail can.'
      : 'A login script can ask the old system over HTTP or LDAP, and the password is kept at the first login.',
    steps: reset
      ? [
          'Trial of kind bulk at depth formats: who is imported, who is refused and why.',
          'Plan: how many people get the reset campaign, and when it ends.',
        ]
      : [
          'Scripts: start from the web service or LDAP set.',
          'Trial of kind lazy at depth assumed, then proven with test accounts.',
        ],
  };
}

function bulk(segments: GuideAnswers['segments']): Advice {
  return {
    title: 'Bulk import everybody',
    why: 'Every hash can be taken as it is: nobody resets, and no script runs in production.',
    steps: [
      'Trial of kind bulk at depth formats, then proven with test accounts.',
      segments === 'yes'
        ? 'One import per segment: limit trial and files with a condition in the users query.'
        : 'Plan: files, jobs and hours under the limits of your tenant.',
      'Audit after the import: legacy list against the tenant’s user export.',
    ],
  };
}

function lazyFirst(resets: GuideAnswers['resets']): Advice {
  return {
    title: 'Migrate lazily first',
    why: 'The login script knows the old scheme; each password is hashed anew at the first login.',
    steps: [
      'Scripts: start from the set that is closest to your scheme.',
      'Trial of kind lazy at depth assumed over everybody, then proven with test accounts.',
      'Plan: how far the lazy phase gets by which date, and who is left then.',
      resets === 'yes'
        ? 'Send the reset campaign to who is left.'
        : 'Keep the lazy phase open as long as the forecast still rises; whoever is left has to reset.',
    ],
  };
}
