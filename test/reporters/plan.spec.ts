import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type PlanResult, planResultSchema } from '#contract/plan.ts';
import { planHtml } from '#reporters/html/plan.ts';
import { LEFTOVERS_HEAD, leftoverRows } from '#reporters/plan-leftovers.ts';
import { planMarkdown } from '#reporters/plan-markdown.ts';
import { estimateText, planHeadline, sourceText } from '#reporters/plan-wording.ts';
import { planProgressLine, planText } from '#reporters/terminal/plan.ts';
import { HOSTILE } from '#test/report-fixtures.ts';

const url = new URL('../fixtures/reports/plan.json', import.meta.url);
const PLAN: PlanResult = planResultSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
const STYLE = { width: 100, colour: false };
const FORMS = {
  text: (plan: PlanResult) => planText(plan, STYLE),
  markdown: planMarkdown,
  html: planHtml,
} as const;

/** Without whatever each form puts around words. */
function words(text: string): string {
  return text
    .replaceAll(/<[^>]*>|\\(?=[^\w\s])|[|*]/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

/** Every text of the plan, found at any depth, as if an attacker had written it. */
function hostile<T>(value: T, name = ''): T {
  if (Array.isArray(value)) return value.map((one) => hostile<unknown>(one, name)) as T;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => [key, hostile<unknown>(one, key)]);
    return Object.fromEntries(entries) as T;
  }
  const free = [
    'project',
    'title',
    'why',
    'fix',
    'what',
    'undo',
    'message',
    'help',
    'text',
    'reason',
    'trial',
    'hashFormat',
    'model',
    'name',
  ];
  return typeof value === 'string' && free.includes(name) ? (HOSTILE as T) : value;
}

describe.each(['text', 'markdown', 'html'] as const)('the plan as %s', (form) => {
  const said = words(FORMS[form](PLAN));

  it('says the answer, every section and where each figure comes from', () => {
    const parts = [
      ...planHeadline(PLAN),
      'In which order',
      'Who logs in without being asked',
      'Import of everybody',
      'The busiest hour',
      'Who has to reset the password, and who is left behind',
      'What the cutover means',
      'What cannot be taken back, in this order',
      'What to do before relying on this',
      'What was taken for granted',
      `trial ${PLAN.trials.bulk!.trial}`,
      `measured on ${PLAN.accessLog!.used.toLocaleString('en-US')} log lines`,
      'documented: rate limit policy',
      'assumption import-rate=enterprise',
      'forecast from the access log',
    ];
    expect(parts.filter((part) => !said.includes(words(part).trim()))).toEqual([]);
  });

  it('has the back-tests, the irreversible steps and the causes', () => {
    const { accessLog } = PLAN.forecasts;
    if (accessLog?.kind !== 'made') throw new Error('no forecast');
    const parts = [
      ...accessLog.backTests.map((test) => `${test.fromDate} to ${test.toDate}`),
      ...PLAN.irreversible.map(({ title }) => title),
      ...PLAN.diagnostics.map(({ code }) => code),
    ];
    expect(parts.filter((part) => !said.includes(words(part).trim()))).toEqual([]);
  });

  it('has no section for what it does not know', () => {
    const plan: PlanResult = {
      ...PLAN,
      accessLog: null,
      peak: null,
      forecasts: {
        level: 0.9,
        used: null,
        accessLog: null,
        lastLogin: { kind: 'refused', by: 'last-login', codes: ['plan.no-last-login'] },
      },
      diagnostics: [],
    };
    const text = words(FORMS[form](plan));
    expect({
      log: text.includes('The access log'),
      peak: text.includes('The busiest hour'),
      findings: text.includes('What to do before'),
      refused: text.includes('No forecast from the last logins: plan.no-last-login'),
      headline: text.includes('cannot be foreseen'),
    }).toEqual({ log: false, peak: false, findings: false, refused: true, headline: true });
  });
});

describe('texts of others', () => {
  const plan = hostile(PLAN);

  it('become no markup of a page', () => {
    const page = planHtml(plan);
    const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) => match[1]));
    expect([['script', 'img', 'iframe'].filter((tag) => tags.has(tag)), /<b onclick/.test(page)]).toEqual([
      [],
      false,
    ]);
    expect(planHtml(PLAN).match(/<script|<link|<iframe|<img|\bsrc=|url\(|@import|https?:/g)).toBeNull();
  });

  it('steer no terminal', () => {
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(planText(plan, STYLE).match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)).toBeNull();
  });

  it('make no tables, links or tags of Markdown', () => {
    const text = planMarkdown(plan);
    expect([/(?<!\\)<(script|b)/.test(text), text.includes('\u001b')]).toEqual([false, false]);
    const cells = planMarkdown(PLAN)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const broken = hostile(PLAN);
    const same = planMarkdown(broken)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(same.length).toBe(cells.length);
  });
});

describe('the page', () => {
  it('has one title, labels and scopes', () => {
    const page = planHtml(PLAN);
    const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
    expect({
      h1: count(/<h1/g),
      tables: count(/<table(?! aria-label=)/g),
      unlabelled: count(/<svg(?![^>]*aria-label=)/g),
      headers: count(/<th(?![^>]*scope=)/g) - count(/<thead>/g),
    }).toEqual({ h1: 1, tables: 0, unlabelled: 0, headers: 0 });
  });
});

it('lines of the terminal keep its width', () => {
  const long = [80, 100, 120].flatMap((width) =>
    planText(PLAN, { width, colour: false })
      .split('\n')
      .filter((line) => line.length > width && !line.includes('='))
      .map((line) => [width, line]),
  );
  expect(long).toEqual([]);
});

it('estimates are told with what is known', () => {
  expect([
    estimateText({ expected: 1665, lower: 1630, upper: 1701 }),
    estimateText({ expected: 17, lower: 17, upper: 17 }),
    estimateText({ expected: null, lower: 0, upper: 80 }),
    estimateText({ expected: null, lower: 5, upper: 5 }),
  ]).toEqual(['1,665 (1,630 to 1,701)', '17', '0 to 80', '5']);
});

it('sources are told once each', () => {
  expect(
    sourceText([
      { kind: 'trial', trial: 't1' },
      { kind: 'measured', what: 'legacy rows', count: 3000 },
      { kind: 'measured', what: 'legacy rows', count: 3000 },
      { kind: 'documented', what: 'rate limit policy' },
      { kind: 'assumption', name: 'import-rate=enterprise' },
      { kind: 'forecast', by: 'last-login' },
      { kind: 'request', option: 'days' },
    ]),
  ).toBe(
    'trial t1; measured on 3,000 legacy rows; documented: rate limit policy; assumption import-rate=enterprise; forecast from the last logins; asked for: days',
  );
});

it('progress is one line', () => {
  expect([
    planProgressLine({ type: 'reading', what: 'legacy', done: 1000, expected: 3000 }),
    planProgressLine({ type: 'reading', what: 'access-log', done: 1e6, expected: 2e6 }),
  ]).toEqual(['Reading users: 1,000 of 3,000', 'Reading the access log: 1.0 MB of 2.0 MB']);
});

it('no cell of the leftovers runs as a formula', () => {
  const person = {
    need: 'reset',
    code: 'password.none',
    key: [1, '=1+1'],
    legacyId: '=cmd',
    email: '+49',
    hashFormat: '@x',
    lastLogin: null,
  } as const;
  expect([LEFTOVERS_HEAD, leftoverRows([person])]).toEqual([
    '"need","cause","key","legacy id","email","hash format","last login"\r\n',
    `"reset","password.none","1/=1+1","'=cmd","'+49","'@x",\r\n`,
  ]);
});
