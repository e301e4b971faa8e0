import { describe, expect, it } from 'vitest';
import { svgBar } from '#reporters/html/bar.ts';
import { htmlReport } from '#reporters/html.ts';
import { hostileReport, reportFixture } from '#test/report-fixtures.ts';

const all = ['lazy-findings', 'bulk-clean', 'mixed-incomplete'] as const;

describe('the page', () => {
  it('reads as written down', async () => {
    await expect(htmlReport(reportFixture('lazy-findings'))).toMatchFileSnapshot(
      '../fixtures/reports/lazy-findings.html',
    );
  });

  it.each(all)('needs no script and no network: %s', (name) => {
    const page = htmlReport(reportFixture(name));
    expect(page.match(/<script|<link|<iframe|<img|\bsrc=|url\(|@import|https?:/g)).toBeNull();
  });

  it.each(all)('has headings in order, captions and labels: %s', (name) => {
    const page = htmlReport(reportFixture(name));
    const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
    expect({
      h1: count(/<h1/g),
      lang: count(/<html lang="en">/g),
      captions: count(/<caption>/g) - count(/<table/g),
      unlabelled: count(/<svg(?![^>]*aria-label=)/g),
      headers: count(/<th(?![^>]*scope=)/g) - count(/<thead>/g),
    }).toEqual({ h1: 1, lang: 1, captions: 0, unlabelled: 0, headers: 0 });
  });

  it('lets no text of the data become markup', () => {
    const page = htmlReport(hostileReport());
    const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) => match[1]));
    expect({
      script: page.includes('<script'),
      bold: /<b onclick/.test(page),
      attributes: [...page.matchAll(/\son\w+=/g)].filter(
        (match) => !page.slice(0, match.index).endsWith('&lt;b'),
      ).length,
      foreign: [...tags].filter((tag) => ['script', 'img', 'iframe'].includes(tag!)),
    }).toEqual({ script: false, bold: false, attributes: 0, foreign: [] });
  });
});

it('draws bars that show the smallest part and never leave the frame', () => {
  expect(svgBar({ ok: 999_999, failed: 1, skipped: 0 }, 1_000_000)).toBe(
    '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="999,999 ok, 1 failed, 0 skipped"><rect class="rest" width="1000" height="10"/><rect class="ok" x="0" width="1000" height="10"/><rect class="failed" x="994" width="6" height="10"/></svg>',
  );
});
