import { relative } from 'node:path';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { runTrial } from '#hosts/cli/run-trial.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { shellWord } from '#reporters/escape.ts';
import { count } from '#reporters/numbers.ts';

export interface DemoRequest {
  readonly users: number;
  readonly seed: number;
  readonly exists: boolean;
}

/** Short, because the sample has scripts that never call back, and each of them is waited for. */
const TIME_LIMIT_MS = 3_000;

const STEPS = [
  {
    kind: 'lazy',
    note: 'Every user logs in for the first time (scripts get 3 s here; a tenant waits 20 s).',
  },
  { kind: 'bulk', note: 'Every user is imported in bulk.' },
  {
    kind: 'mixed',
    note: 'Users of the last 90 days log in first, then everybody is imported: who clashes?',
  },
] as const;

/** A sample project and a trial of each kind. What they find is planted, so it is no failure. */
export async function runDemo(session: Session, folder: string, request: DemoRequest): Promise<Answer> {
  const client = await session.client();
  const shown = relative(session.surroundings.folder, folder) || '.';
  const inSample: Session = {
    ...session,
    project: folder,
    options: { ...session.options, project: shown },
  };
  if (request.exists) {
    session.note(`Using the project that is in ${shown}.`);
  } else {
    session.note(`Making up ${count(request.users)} users in ${shown}.`);
    await client.projects.init({ folder, from: 'sample', users: request.users, seed: request.seed });
  }
  const run = { allow: 0, askAbove: 10, yes: true };
  const answers: Answer[] = [];
  for (const { kind, note } of STEPS) {
    session.note(note);
    const answer = await runTrial(inSample, { project: folder, kind, timeLimitMs: TIME_LIMIT_MS }, run);
    answers.push(answer);
    if (answer.exitCode !== EXIT.clean && answer.exitCode !== EXIT.findings) return answer;
  }
  const next = [
    'Next:',
    `  userferry trials list --project ${shellWord(shown)}`,
    `  userferry report --format html --out report.html --project ${shellWord(shown)}`,
    `  userferry check --project ${shellWord(shown)}`,
  ];
  return {
    result: { folder, reports: answers.map((answer) => answer.result) },
    text: `${answers.map((answer) => answer.text).join('\n')}\n${next.join('\n')}\n`,
    exitCode: EXIT.clean,
  };
}
