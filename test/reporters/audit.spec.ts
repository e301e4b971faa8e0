import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { AuditResult, ListedPerson } from '#contract/audit.ts';
import { AUDIT_LISTS } from '#reporters/audit-list.ts';
import { auditHeadline } from '#reporters/audit-wording.ts';
import { auditHtml } from '#reporters/html/audit.ts';
import { auditProgressLine, auditText, markedScriptsText } from '#reporters/terminal/audit.ts';

const HOSTILE = '=cmd|"<script>alert(1)</script>\u001b[31m\n';
const STYLE = { width: 80, colour: false };

const sample = { key: [1], legacyId: HOSTILE, tenantId: `auth0|${HOSTILE}`, email: HOSTILE };

const AUDIT: AuditResult = {
  version: 1,
  generatedAt: '2026-11-24T08:00:00.000Z',
  project: HOSTILE,
  versions: { userferry: '0.1.0', node: 'v26' },
  against: {
    kind: 'export',
    trial: null,
    connection: 'acme',
    files: [
      {
        path: '/tmp/users.json.gz',
        format: 'ndjson',
        gzip: true,
        lines: 5,
        users: 3,
        otherConnections: 1,
        broken: 1,
      },
    ],
  },
  importSince: 'unknown',
  cutover: null,
  legacy: { rows: 4, users: 3, unreadable: 1, withoutId: 0 },
  tenant: { lines: 5, users: 3, otherConnections: 1, broken: 1, repeated: 0, deleted: 0, matched: 2 },
  states: [
    {
      state: 'migrated',
      code: null,
      title: 'migrated',
      severity: null,
      fix: null,
      users: 1,
      samples: [sample],
    },
    {
      state: 'not-yet',
      code: 'audit.not-migrated',
      title: 'not yet',
      severity: 'note',
      fix: 'None.',
      users: 1,
      samples: [],
    },
    {
      state: 'conflict',
      code: 'audit.id-differs',
      title: 'other id',
      severity: 'error',
      fix: 'Mend it.',
      users: 1,
      samples: [sample],
    },
    {
      state: 'stranger',
      code: 'audit.stranger',
      title: 'only there',
      severity: 'note',
      fix: 'Look.',
      users: 1,
      samples: [],
    },
  ],
  signs: [{ sign: 'login-marker', users: 1, first: '2026-04-01T00:00:00.000Z', last: null }],
  months: [{ month: '2026-04', users: 1 }],
  findings: [
    {
      code: 'audit.email-differs',
      severity: 'warning',
      title: 'changed',
      fix: 'See.',
      users: 1,
      samples: [sample],
    },
  ],
  drift: [{ attribute: 'email', users: 1, samples: [sample] }],
  drifting: 1,
  compared: ['email'],
  caveats: ['Beware.'],
  broken: [{ file: '/tmp/users.json.gz', line: 3, reason: HOSTILE }],
  selected: 4,
  changes: {
    since: '2026-11-23T08:00:00.000Z',
    users: 1,
    groups: [{ from: 'not-yet audit.not-migrated', to: 'migrated', users: 1, samples: [sample] }],
  },
  personalData: 'masked',
  verdict: 'findings',
  milliseconds: 1200,
};

const person = (changes: Partial<ListedPerson>): ListedPerson => ({
  state: 'conflict',
  code: 'audit.id-differs',
  key: [HOSTILE, 2],
  legacyId: '@x',
  tenantIds: ['-1', '+2'],
  matchedBy: 'email',
  sign: null,
  migratedAt: null,
  seenAt: null,
  findings: [],
  drift: ['email'],
  email: null,
  ...changes,
});

describe('the audit in every form', () => {
  it('says the answer first', () => {
    expect([
      auditHeadline(AUDIT),
      auditHeadline({
        ...AUDIT,
        states: AUDIT.states.slice(0, 1),
        legacy: { rows: 1, users: 1, unreadable: 0, withoutId: 0 },
      }),
      auditHeadline({ ...AUDIT, legacy: { rows: 0, users: 0, unreadable: 0, withoutId: 0 } }),
    ]).toEqual([
      '1 of 4 users (25.0 %) migrated; 1 not yet in the tenant, 1 in conflict, 1 unreadable.',
      '1 of 1 user (100 %) migrated.',
      'The legacy store has no users.',
    ]);
  });

  it('lets nothing steer a terminal or a page', () => {
    const text = auditText(AUDIT, STYLE);
    const html = auditHtml(AUDIT);
    expect({
      // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
      control: /[\u0000-\u0009\u000b-\u001f]/.test(text) || text.includes('\u001b'),
      script: html.includes('<script'),
      escape: html.includes('\u001b'),
      selfContained: /src=|href=|url\(/.test(html),
      parts: ['2026-04', 'Mend it.', 'audit.id-differs', 'Beware.', 'not in the tenant yet'].filter(
        (part) => !text.includes(part) || !html.includes(part),
      ),
      equation: text.includes('4 rows = 3 users + 1 unreadable + 0 without id'),
      ends: text.endsWith('\n') && html.endsWith('</html>\n'),
    }).toEqual({
      control: false,
      script: false,
      escape: false,
      selfContained: false,
      parts: [],
      equation: true,
      ends: true,
    });
  });

  it('lists people in cells that no spreadsheet runs', () => {
    const row = AUDIT_LISTS.csv.people([
      person({ values: [{ attribute: 'email', legacy: '=1', tenant: null }], tenantIds: ['=2'] }),
    ]);
    const [cells] = parse(row, { relax_column_count: true });
    expect(cells).toEqual([
      'conflict',
      'audit.id-differs',
      `'=cmd|"<script>alert(1)</script>\ufffd[31m /2`,
      "'@x",
      "'=2",
      'email',
      '',
      '',
      '',
      '',
      'email',
      '',
      'email: "=1" / (none)',
    ]);
  });

  it('lists people as JSON, one on each line, after a line that says of what', () => {
    const header = { audit: 1, generatedAt: AUDIT.generatedAt, project: 'acme', everybody: true } as const;
    const text =
      AUDIT_LISTS.ndjson.head(header) + AUDIT_LISTS.ndjson.people([person({}), person({ state: 'shadow' })]);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([header, person({}), person({ state: 'shadow' })]);
  });

  it('shows how far it is, and what became of scripts', () => {
    const counted = { done: 1000, expected: 2000 };
    const script = {
      slot: 'login',
      reason: null,
      line: null,
      places: [3],
      diff: '@@ -1,1 +1,1 @@\n-a\n+  b\n',
      written: false,
    } as const;
    expect([
      auditProgressLine({ type: 'reading', legacy: counted, tenant: counted }),
      auditProgressLine({ type: 'comparing', ...counted }),
      markedScriptsText([{ ...script, status: 'changed', places: [...script.places] }], STYLE),
      markedScriptsText(
        [{ ...script, status: 'refused', reason: 'it leaks', line: 4, places: [], diff: '' }],
        STYLE,
      ),
    ]).toEqual([
      'Reading: 1,000 of 2,000 legacy users, 1.0 KB of 2.0 KB',
      'Comparing: 1,000 people',
      'login: would be changed; a profile is handed over in line 3\n@@ -1,1 +1,1 @@\n-a\n+  b\n',
      'login: left alone, because it leaks (line 4)\n',
    ]);
  });
});
