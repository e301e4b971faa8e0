import type { Client } from '#hosts/cli/client.ts';
import { CHANGES, type CompareOptions } from '#hosts/cli/compare-options.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { changedUsersCsv, comparisonCsv } from '#reporters/comparison-csv.ts';
import { changedUsersText, comparisonText } from '#reporters/terminal/comparison.ts';

type Change = Parameters<Client['trials']['changed']>[0]['change'];

export async function compareTrials(
  session: Session,
  a: string,
  b: string,
  options: CompareOptions,
): Promise<Answer> {
  if (options.users !== undefined) return listChanged(session, a, b, options, options.users);
  for (const name of ['from', 'to', 'after'] as const) {
    if (options[name] === undefined) continue;
    throw new UsageError(`--${name} chooses among users`, 'Add --users to list them.');
  }
  const client = await session.client();
  const result = await client.trials.compare({ project: session.project, a, b, phase: options.phase });
  return {
    result,
    text: options.format === 'csv' ? comparisonCsv(result) : comparisonText(a, b, result, session.style),
    exitCode: result.broken > 0 ? EXIT.findings : EXIT.clean,
  };
}

async function listChanged(
  session: Session,
  a: string,
  b: string,
  options: CompareOptions,
  users: NonNullable<CompareOptions['users']>,
): Promise<Answer> {
  const change = changeOf(users, options);
  const client = await session.client();
  const result = await client.trials.changed({
    project: session.project,
    a,
    b,
    phase: options.phase,
    change,
    limit: options.limit,
    ...(options.after === undefined ? {} : { after: options.after }),
  });
  const text =
    options.format === 'csv' ? changedUsersCsv(result.users) : changedUsersText(result, session.style);
  return { result, text, exitCode: EXIT.clean };
}

function changeOf(users: NonNullable<CompareOptions['users']>, { from, to }: CompareOptions): Change {
  if (users !== true) {
    if (from !== undefined || to !== undefined) {
      throw new UsageError(
        `--users ${users} says which users already`,
        'Leave out --from and --to, or write --users alone.',
      );
    }
    return CHANGE_OF[users];
  }
  if (from === undefined && to === undefined) {
    throw new UsageError(
      'which users?',
      `Write --users with one of ${CHANGES.join(', ')}, or add --from and --to with causes, "ok" or "any".`,
    );
  }
  const change = { from: causeOf(from), to: causeOf(to) };
  if (change.from !== change.to || change.from === 'any') return change;
  throw new UsageError('that is no change: both causes are the same');
}

const CHANGE_OF = {
  fixed: { from: 'any', to: null },
  broken: { from: null, to: 'any' },
  changed: { from: 'any', to: 'any' },
  'only-in-first': { onlyIn: 'a' },
  'only-in-second': { onlyIn: 'b' },
} as const satisfies Record<(typeof CHANGES)[number], Change>;

function causeOf(text: string | undefined): string | null {
  return text === 'ok' ? null : (text ?? 'any');
}
