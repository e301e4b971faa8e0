import { describe, expect, it } from 'vitest';
import { reportSchema } from '#contract/report.ts';
import { findingsCsv } from '#reporters/csv.ts';
import { jsonReport } from '#reporters/json.ts';
import { junitReport } from '#reporters/junit.ts';
import { hostileReport, reportFixture } from '#test/report-fixtures.ts';

const first = (name: 'bulk-clean' | 'mixed-incomplete') =>
  junitReport(reportFixture(name))
    .split('\n')
    .filter((line) => line.includes('userferry.phases'))
    .map((line) => line.includes('<failure'));

describe('json', () => {
  it('is the schema itself and comes back whole', () => {
    const report = reportFixture('mixed-incomplete');
    expect(reportSchema.parse(JSON.parse(jsonReport(report)))).toEqual(report);
  });
});

describe('junit', () => {
  it('has a case per phase, cause and cohort value, and totals that add up', () => {
    const xml = junitReport(reportFixture('lazy-findings'));
    const attribute = (name: string) =>
      Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(xml)?.[1]);
    expect({
      tests: attribute('tests'),
      failures: attribute('failures'),
      skipped: attribute('skipped'),
      cases: xml.match(/<testcase /g)?.length,
      failed: xml.match(/<failure /g)?.length,
      left: xml.match(/<skipped /g)?.length,
    }).toEqual({ tests: 21, failures: 19, skipped: 2, cases: 21, failed: 19, left: 2 });
  });

  it('says how many, why and what to do', () => {
    expect(
      junitReport(reportFixture('lazy-findings'))
        .split('\n')
        .find((line) => line.includes('script.timed-out')),
    ).toBe(
      '    <testcase classname="userferry.causes" name="lazy script.timed-out"><failure type="findings" message="33 users: script ran out of time">The script had not called back after 20 seconds. A tenant ends it there and the user sees an error. Fix: Look for a query without an index: the statement that was waited for reads the whole audit table. Sample keys: 22400</failure></testcase>',
    );
  });

  it('fails an unfinished phase and passes a clean one', () => {
    expect([first('bulk-clean'), first('mixed-incomplete')]).toEqual([[false], [false, true]]);
  });

  it('stays well-formed whatever the data holds', () => {
    const xml = junitReport(hostileReport());
    const tags = new Set([...xml.matchAll(/<\/?([a-z]+)/g)].map((match) => match[1]));
    expect([...tags].toSorted((a, b) => a!.localeCompare(b!))).toEqual([
      'failure',
      'skipped',
      'testcase',
      'testsuite',
      'testsuites',
    ]);
  });
});

describe('csv', () => {
  it('has a row per cause and finding', () => {
    const rows = findingsCsv(reportFixture('lazy-findings')).split('\r\n');
    expect({ rows: rows.length, first: rows[2] }).toEqual({
      rows: 10,
      first:
        '"lazy","skipped","error","profile.email-missing","no e-mail address",384,"Give these users an address, let the connection use usernames, or leave them out with a condition in the users query.","4412 4477"',
    });
  });
});
