import { describe, expect, it } from 'vitest';
import { markdownReport } from '#reporters/markdown.ts';
import { hostileReport, reportFixture } from '#test/report-fixtures.ts';

describe('markdown', () => {
  it('has the answer first, then causes in the order of work, each with its fix', () => {
    const lines = markdownReport(reportFixture('lazy-findings')).split('\n');
    const headings = lines.filter((line) => /^#{1,2} /.test(line));
    expect(headings).toEqual([
      expect.stringMatching(/^# Lazy migration trial of /),
      '## What breaks, and how to mend it',
      '## Worth knowing before the day',
      '## Coverage',
      '## What was taken for granted',
      '## How it was found out',
    ]);
    const causes = lines.filter((line) => line.startsWith('### ')).length;
    expect(lines.filter((line) => line.startsWith('**Fix:** ')).length).toBe(
      reportFixture('lazy-findings').causes.length,
    );
    expect(causes).toBeGreaterThan(reportFixture('lazy-findings').causes.length);
  });

  it('gives every row of a table as many cells as its head', () => {
    const widths = markdownReport(hostileReport())
      .trimEnd()
      .split('\n\n')
      .filter((part) => part.startsWith('|'))
      .map((table) => new Set(table.split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size);
    expect(new Set(widths)).toEqual(new Set([1]));
  });

  it('lets no data become HTML, links, emphasis or code', () => {
    const text = markdownReport(hostileReport());
    expect([/(?<!\\)[<[]/.test(text), text.includes('\u001b'), text.includes('\u202e')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
