import { cohortValue } from '#contract/cohort-words.ts';
import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { count, percent, users } from '#reporters/numbers.ts';
import { COVERAGE_TITLES, PHASE_TITLES, type CauseGroup } from '#reporters/wording.ts';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly message: string;
  readonly text: string;
}

/**
 * The report for a build server. One test case per phase's totals, per cause, and per value of each cohort as a
 * gate; a case fails when users of it failed, and says how many and what to do.
 */
export function junitReport(report: Report): string {
  const cases = [
    ...phaseCases(report),
    ...report.causes.map((cause) => causeCase(cause)),
    ...cohortCases(report),
  ];
  const names = [...new Set(cases.map((one) => one.suite))];
  const seconds = report.counts.reduce((sum, phase) => sum + phase.seconds, 0).toFixed(3);
  const suites = names.map((name) =>
    suite(
      name,
      cases.filter((one) => one.suite === name),
      report.trial.createdAt,
    ),
  );
  const { failed, skipped } = tally(cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${markup(`userferry ${report.trial.id}`)}" tests="${cases.length}" failures="${failed}" skipped="${skipped}" errors="0" time="${seconds}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function phaseCases(report: Report): readonly TestCase[] {
  return report.counts.map((phase) => {
    const unfinished = phase.done < phase.expected;
    const message = `${count(phase.ok)} of ${users(phase.expected)} ok (${percent(phase.ok, phase.expected)}), ${count(phase.failed)} failed, ${count(phase.skipped)} skipped, ${count(phase.expected - phase.done)} not tried`;
    return {
      suite: 'phases',
      name: PHASE_TITLES[phase.phase],
      result: unfinished || (report.verdict === 'findings' && phase.failed > 0) ? 'failed' : 'passed',
      message,
      text: message,
    };
  });
}

function causeCase(cause: CauseGroup): TestCase {
  const keys = cause.samples.map((sample) => sample.key.join('/')).join(', ');
  return {
    suite: 'causes',
    name: `${cause.phase} ${cause.code}`,
    result: cause.status === 'failed' ? 'failed' : 'skipped',
    message: `${users(cause.users)}: ${cause.title}`,
    text: `${cause.meaning} Fix: ${cause.fix}${keys === '' ? '' : ` Sample keys: ${keys}`}`,
  };
}

function cohortCases(report: Report): readonly TestCase[] {
  return report.coverage
    .filter((coverage) => coverage.by !== 'state')
    .flatMap((coverage) =>
      coverage.rows.map((row) => {
        const message = `${count(row.ok)} of ${users(row.total)} ok (${percent(row.ok, row.total)}), ${count(row.failed)} failed, ${count(row.skipped)} skipped`;
        return {
          suite: `${coverage.phase} by ${COVERAGE_TITLES[coverage.by].toLowerCase()}`,
          name: cohortValue(coverage.by, row.value),
          result: row.failed > 0 ? 'failed' : row.skipped > 0 && row.ok === 0 ? 'skipped' : 'passed',
          message,
          text: message,
        } as const;
      }),
    );
}

function suite(name: string, cases: readonly TestCase[], createdAt: string): string {
  const { failed, skipped } = tally(cases);
  return [
    `  <testsuite name="${markup(name)}" tests="${cases.length}" failures="${failed}" skipped="${skipped}" errors="0" timestamp="${markup(createdAt)}">`,
    ...cases.map((one) => testCase(one)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(one: TestCase): string {
  const open = `    <testcase classname="${markup(`userferry.${one.suite}`)}" name="${markup(one.name)}"`;
  if (one.result === 'passed') return `${open}/>`;
  const inner =
    one.result === 'failed'
      ? `<failure type="findings" message="${markup(one.message)}">${markup(one.text)}</failure>`
      : `<skipped message="${markup(one.message)}"/>`;
  return `${open}>${inner}</testcase>`;
}

function tally(cases: readonly TestCase[]): { readonly failed: number; readonly skipped: number } {
  return {
    failed: cases.filter((one) => one.result === 'failed').length,
    skipped: cases.filter((one) => one.result === 'skipped').length,
  };
}
