import type { Phase, Replica } from '#engine/ports/replica.ts';
import type { CoverageFilter } from '#engine/ports/replica-coverage.ts';
import { email } from './replica-people.ts';
import { median } from './statistics.ts';
import { secondsOfSync } from './timing.ts';

/** Median milliseconds of every query that a report and its lists make, each over a replica of so many users. */
export function queryTimes(replica: Replica, phase: Phase, users: number): Readonly<Record<string, number>> {
  const times: Record<string, number> = {};
  const time = (name: string, query: () => unknown): void => {
    query();
    const runs = Array.from({ length: 5 }, () => secondsOfSync(() => void query()) * 1000);
    times[name] = Math.round(median(runs) * 100) / 100;
  };
  const page = (name: string, filter: object, after = -1) =>
    time(name, () => replica.outcomes({ phase, ...filter }, after, 100));
  const middle = Math.floor(users / 2);
  time('coverage by e-mail domain', () => replica.coverageBy(phase, 'emailDomain', 20));
  time('causes', () => replica.causes(phase));
  time('finding codes', () => replica.findingCodes(phase));
  time('counts', () => replica.counts(phase));
  time('accounts', () => replica.accountCount());
  page('page of all, middle', {}, middle);
  page('page of failed, middle', { status: 'failed' }, middle);
  page('page of skipped, middle', { status: 'skipped' }, middle);
  page('page of a cause', { cause: 'script.threw' }, middle);
  page('page of a finding', { findingCode: 'profile.name-missing' }, middle);
  page('page of a rare hash format', { cohort: { by: 'hashFormat', value: 'rare' } });
  page('page of a domain and failed', {
    status: 'failed',
    cohort: { by: 'emailDomain', value: 'company-7.example' },
  });
  page('page of a cause that a cohort never has', {
    cause: 'trial.no-password',
    cohort: { by: 'hashFormat', value: 'bcrypt-2b' },
  });
  const anyWay = replica.usesSplit(phase).map(({ uses }) => uses);
  const coverage = (name: string, filter: Partial<CoverageFilter>) =>
    time(name, () =>
      replica.outcomesWith(phase, { trait: null, status: null, ways: null, ...filter }, -1, 100),
    );
  time('coverage by scripts', () => replica.usesSplit(phase));
  time('coverage by domain and scripts', () => [
    replica.coverageOf(phase, 'emailDomain', 50),
    replica.coverageSum(phase, 'emailDomain'),
  ]);
  coverage('page of a rare trait', { trait: { attribute: 'hashFormat', value: 'rare' } });
  coverage('page of a domain that login was not run for', {
    trait: { attribute: 'emailDomain', value: 'company-7.example' },
    ways: anyWay.filter((uses) => uses.every(({ outcome: ending }, at) => at !== 1 || ending === 'not-run')),
  });
  coverage('page of skipped users of a domain', {
    trait: { attribute: 'emailDomain', value: 'company-7.example' },
    status: 'skipped',
  });
  time('what was kept of one user', () => replica.evidenceOf(phase, [middle * 3 + 1]));
  time('log of one user', () => replica.tenantLogOf(middle));
  time('one user by key', () => replica.outcomesOf([middle * 3 + 1]));
  time('one account by e-mail', () => replica.byEmail(email(middle)));
  return times;
}
