import { describe, expect, it } from 'vitest';
import { widthOf } from '#reporters/terminal/cells.ts';
import { barCells } from '#reporters/terminal/table.ts';
import { terminalReport } from '#reporters/terminal.ts';
import { hostileReport, reportFixture } from '#test/report-fixtures.ts';

describe('the report for a terminal', () => {
  it('reads as written down', async () => {
    await expect(terminalReport(reportFixture('lazy-findings'), { width: 90 })).toMatchFileSnapshot(
      '../fixtures/reports/lazy-findings.txt',
    );
  });

  it.each([64, 80, 120])('keeps within %i columns', (width) => {
    const texts = [
      terminalReport(reportFixture('lazy-findings'), { width }),
      terminalReport(reportFixture('mixed-incomplete'), { width }),
    ];
    const tooLong = texts.flatMap((text) => text.split('\n')).filter((line) => widthOf(line) > width);
    expect(tooLong).toEqual([]);
  });

  it('adds nothing but colour when colour is wanted', () => {
    const report = reportFixture('mixed-incomplete');
    const coloured = terminalReport(report, { width: 100, colour: true });
    // eslint-disable-next-line no-control-regex -- colour codes are what is taken out
    const bare = coloured.replaceAll(/\u001b\[\d+m/g, '');
    expect({ same: bare === terminalReport(report, { width: 100 }), coloured: coloured !== bare }).toEqual({
      same: true,
      coloured: true,
    });
  });

  it('passes no control character of the data on to the terminal', () => {
    const text = terminalReport(hostileReport()).replaceAll('\n', '');
    expect(text.match(/[\p{Cc}\u202e]/gu)).toBeNull();
  });
});

describe('a bar', () => {
  it('shows every part that is there and is exactly as wide as asked', () => {
    expect([
      barCells({ ok: 9_998, failed: 1, skipped: 1 }, 10_000, 20),
      barCells({ ok: 0, failed: 3, skipped: 0 }, 3, 20),
      barCells({ ok: 1, failed: 1, skipped: 1 }, 3, 2),
    ]).toEqual([
      { ok: 18, failed: 1, skipped: 1 },
      { ok: 0, failed: 20, skipped: 0 },
      { ok: 0, failed: 1, skipped: 1 },
    ]);
  });
});
