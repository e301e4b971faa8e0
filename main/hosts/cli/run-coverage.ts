import type { Client } from '#hosts/cli/client.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { trialNamed } from '#hosts/cli/newest-trial.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { coverageCsv, usersCsv } from '#reporters/coverage-csv.ts';
import { coverageText, coverageUsersText } from '#reporters/terminal/coverage-by.ts';

export interface CoverageOptions {
  readonly by?: string;
  readonly scripts?: boolean;
  readonly users?: boolean;
  readonly value?: string;
  readonly status?: 'ok' | 'failed' | 'skipped';
  readonly ended?: string;
  readonly phase?: 'lazy' | 'bulk';
  readonly after?: number;
  readonly limit: number;
  readonly format: 'text' | 'csv';
  readonly personalData?: boolean;
}

type UsersRequest = Parameters<Client['coverage']['users']>[0];

export async function runCoverage(
  session: Session,
  named: string | undefined,
  options: CoverageOptions,
): Promise<Answer> {
  if (options.users === true) return listUsers(session, named, options);
  for (const name of ['value', 'status', 'ended', 'phase', 'after'] as const) {
    if (options[name] === undefined) continue;
    throw new UsageError(`--${name} chooses among users`, 'Add --users to list them.');
  }
  const trial = await trialNamed(session, named);
  const client = await session.client();
  const result = await client.coverage.show({
    project: session.project,
    trial,
    limit: options.limit,
    personalData: options.personalData === true,
    ...(options.by === undefined ? {} : { by: options.by }),
  });
  const text =
    options.format === 'csv'
      ? coverageCsv(result)
      : coverageText(result, options.scripts === true, session.style);
  return { result, text, exitCode: EXIT.clean };
}

async function listUsers(
  session: Session,
  named: string | undefined,
  options: CoverageOptions,
): Promise<Answer> {
  const filter = filterOf(options);
  const trial = await trialNamed(session, named);
  const client = await session.client();
  const record = await client.trials.show({ project: session.project, trial });
  const phase = options.phase ?? onlyPhase(record.phases);
  const result = await client.coverage.users({
    project: session.project,
    trial,
    phase,
    filter,
    limit: options.limit,
    ...(options.after === undefined ? {} : { after: options.after }),
  });
  const text = options.format === 'csv' ? usersCsv(result.users) : coverageUsersText(result, session.style);
  return { result, text, exitCode: EXIT.clean };
}

function onlyPhase(phases: readonly { readonly phase: 'lazy' | 'bulk' }[]): 'lazy' | 'bulk' {
  const [first, second] = phases;
  if (first !== undefined && second === undefined) return first.phase;
  throw new UsageError('the trial has two phases', 'Add --phase lazy or --phase bulk.');
}

function filterOf({ by, value, status, ended }: CoverageOptions): UsersRequest['filter'] {
  if (by !== undefined && value === undefined) {
    throw new UsageError(
      'which value?',
      `Add --value; the values are listed by: userferry coverage --by ${by}`,
    );
  }
  if (value !== undefined && by === undefined) {
    throw new UsageError('--value of what?', 'Add --by with the attribute it is a value of.');
  }
  return {
    ...(by === undefined || value === undefined ? {} : { by, value }),
    ...(status === undefined ? {} : { status }),
    ...(ended === undefined ? {} : endingOf(ended)),
  };
}

const SCRIPTS = ['get_user', 'login', 'import'] as const;
const SCENARIOS = ['existing-user', 'right-password', 'wrong-password', 'record'] as const;

function endingOf(text: string): Pick<UsersRequest['filter'], 'script' | 'scenario' | 'outcome'> {
  const [, first, second, outcome] = /^([^/=]+)\/([^/=]+)=(.+)$/.exec(text) ?? [];
  const script = SCRIPTS.find((one) => one === first);
  const scenario = SCENARIOS.find((one) => one === second);
  if (script !== undefined && scenario !== undefined && outcome !== undefined) {
    return { script, scenario, outcome };
  }
  throw new UsageError(
    `"${text}" does not say how a script ended`,
    'Write script/scenario=outcome as "userferry coverage" lists them, like login/right-password=refused.',
  );
}
