import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { TrialFolders } from '#engine/ports/trial-folders.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

export const REJECTS_FILE = 'rejects.ndjson';
const LINES_PER_PIECE = 500;

/**
 * Writes one line per failed user, in the order of the legacy store, to be fixed and run again alone (`--only`).
 * Keys, codes and details only: nothing personal, no secrets. A user who failed in both phases has two lines.
 */
export async function writeRejects(
  folders: TrialFolders,
  project: string,
  trial: string,
  replica: Replica,
  phases: readonly Phase[],
): Promise<void> {
  await folders.writeFile(project, trial, REJECTS_FILE, pieces(replica, phases));
}

function* pieces(replica: Replica, phases: readonly Phase[]): Generator<string> {
  let lines: string[] = [];
  for (const phase of phases) {
    for (const outcome of replica.rejects(phase)) {
      if (outcome.status !== 'failed') continue;
      lines.push(rejectLine(outcome));
      if (lines.length < LINES_PER_PIECE) continue;
      yield lines.join('');
      lines = [];
    }
  }
  yield lines.join('');
}

function rejectLine({ key, position, phase, status, cause, findings }: UserOutcome): string {
  return `${JSON.stringify({ key, position, phase, status, cause, findings })}\n`;
}
