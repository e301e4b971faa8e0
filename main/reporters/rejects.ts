import type { UserOutcome } from '#domain/migration/outcome.ts';

/**
 * One line per user that did not get across, in the order of the legacy store, to be fixed and run again alone
 * (`--only`). Keys, codes and details only: nothing personal, no secrets.
 */
export function rejectsNdjson(outcomes: Iterable<UserOutcome>): string {
  let text = '';
  for (const outcome of outcomes) {
    if (outcome.status === 'ok') continue;
    text += `${JSON.stringify({
      key: outcome.key,
      position: outcome.position,
      phase: outcome.phase,
      status: outcome.status,
      cause: outcome.cause,
      findings: outcome.findings,
    })}\n`;
  }
  return text;
}
