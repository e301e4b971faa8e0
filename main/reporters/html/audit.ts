import type { AuditResult } from '#contract/audit.ts';
import {
  againstText,
  auditHeadline,
  markTitle,
  sampleNames,
  SIGN_TITLES,
  STATE_TITLES,
} from '#reporters/audit-wording.ts';
import { markup } from '#reporters/escape.ts';
import { STYLE } from '#reporters/html/style.ts';
import { when } from '#reporters/html/summary.ts';
import { count, duration, percent } from '#reporters/numbers.ts';

/** The audit as one page that needs nothing else: no script, no network, light and dark, printable. */
export function auditHtml(audit: AuditResult): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${markup(`Audit of ${audit.project}`)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><div class="brand">${markup(audit.project)} <span>· migration audit</span></div><div class="soft">${markup(when(audit.generatedAt))} · ${markup(againstText(audit))}</div></header>`,
    '<main>',
    answer(audit),
    changes(audit),
    states(audit),
    signs(audit),
    findings(audit),
    drift(audit),
    broken(audit),
    '</main>',
    `<footer>Made offline by Userferry ${markup(audit.versions.userferry)} in ${duration(audit.milliseconds / 1000)}. ${
      audit.personalData === 'shown'
        ? 'This page shows personal data because that was asked for: treat it accordingly.'
        : 'People are named by their keys in the legacy store and their ids in the tenant.'
    }</footer>`,
    '</body>',
    '</html>',
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n');
}

function answer(audit: AuditResult): string {
  const { legacy, tenant, caveats, verdict } = audit;
  const strangers = tenant.users - tenant.matched - tenant.repeated;
  const figures: readonly (readonly [string, number])[] = [
    ['legacy rows', legacy.rows],
    ['tenant users', tenant.users],
    ['matched', tenant.matched],
    ['only in the tenant', strangers],
    ['other connections', tenant.otherConnections],
    ['broken lines', tenant.broken],
    ['repeated records', tenant.repeated],
  ];
  return [
    `<section class="answer ${verdict}" aria-labelledby="answer">`,
    `<p class="kicker"><span class="badge ${verdict}">${verdict === 'clean' ? 'Everybody is across' : 'Not everybody is across'}</span></p>`,
    `<h1 id="answer">${markup(auditHeadline(audit))}</h1>`,
    caveats.length === 0
      ? ''
      : `<ul class="caveats">${caveats.map((one) => `<li>${markup(one)}</li>`).join('')}</ul>`,
    `<div class="phase"><dl class="counts">${figures
      .map(([name, value]) => `<div><dt>${markup(name)}</dt><dd>${count(value)}</dd></div>`)
      .join('')}</dl></div>`,
    '</section>',
  ].join('\n');
}

interface Column {
  readonly title: string;
  readonly number?: boolean;
}

function section(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  note = '',
): string {
  if (rows.length === 0) return '';
  const cell = (index: number) => (columns[index]?.number === true ? ' class="number"' : '');
  return [
    `<section><h2>${markup(title)}</h2>`,
    note === '' ? '' : `<p class="soft">${markup(note)}</p>`,
    '<div class="card"><div class="scroll"><table>',
    `<thead><tr>${columns.map(({ title: name }, index) => `<th scope="col"${cell(index)}>${markup(name)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows
      .map((row) => `<tr>${row.map((text, index) => `<td${cell(index)}>${markup(text)}</td>`).join('')}</tr>`)
      .join('\n')}</tbody>`,
    '</table></div></div></section>',
  ].join('\n');
}

function states(audit: AuditResult): string {
  const rows = audit.states.map((group) => [
    STATE_TITLES[group.state],
    count(group.users),
    group.state === 'stranger' || group.state === 'sign-up' ? '' : percent(group.users, audit.legacy.rows),
    group.code === null ? '' : `${group.title}. ${group.fix ?? ''}`,
    group.code ?? '',
    sampleNames(group.samples),
  ]);
  const columns = [
    { title: 'State' },
    { title: 'Users', number: true },
    { title: 'Share', number: true },
    { title: 'What it is, and what to do' },
    { title: 'Code' },
    { title: 'For example' },
  ];
  return section('Where everybody stands', columns, rows);
}

function signs(audit: AuditResult): string {
  const day = (iso: string | null) => iso?.slice(0, 10) ?? '';
  const rows = audit.signs.map(({ sign, users, first, last }) => [
    SIGN_TITLES[sign],
    count(users),
    day(first),
    day(last),
  ]);
  const months = audit.months.map(({ month, users }) => [month, count(users)]);
  return [
    section(
      'How they migrated',
      [{ title: 'By' }, { title: 'Users', number: true }, { title: 'First' }, { title: 'Last' }],
      rows,
    ),
    section('When they migrated', [{ title: 'Month' }, { title: 'Users', number: true }], months),
  ].join('\n');
}

function findings(audit: AuditResult): string {
  const rows = audit.findings.map(({ code, severity, title, fix, users, samples }) => [
    severity,
    `${title}. ${fix}`,
    count(users),
    code,
    sampleNames(samples),
  ]);
  const columns = [
    { title: 'Severity' },
    { title: 'What it is, and what to do' },
    { title: 'People', number: true },
    { title: 'Code' },
    { title: 'For example' },
  ];
  return section('What else was found', columns, rows);
}

function drift(audit: AuditResult): string {
  const rows = audit.drift.map(({ attribute, users, samples }) => [
    attribute,
    count(users),
    sampleNames(samples),
  ]);
  const columns = [{ title: 'Attribute' }, { title: 'People', number: true }, { title: 'For example' }];
  const note = `${count(audit.drifting)} people differ. Compared: ${audit.compared.join(', ')}.`;
  return section('Attributes that differ', columns, rows, note);
}

function broken(audit: AuditResult): string {
  const rows = audit.broken.map(({ file, line, reason }) => [
    file.split(/[\\/]/).at(-1) ?? file,
    String(line),
    reason,
  ]);
  const more =
    audit.tenant.broken > rows.length ? `The first ${rows.length} of ${count(audit.tenant.broken)}.` : '';
  return section(
    'Lines that cannot be read',
    [{ title: 'File' }, { title: 'Line', number: true }, { title: 'Why' }],
    rows,
    more,
  );
}

function changes(audit: AuditResult): string {
  if (audit.changes === null) return '';
  const rows = audit.changes.groups.map(({ from, to, users, samples }) => [
    from === null ? '' : markTitle(from),
    markTitle(to),
    count(users),
    sampleNames(samples),
  ]);
  const columns = [
    { title: 'Before' },
    { title: 'Now' },
    { title: 'People', number: true },
    { title: 'For example' },
  ];
  return section(`Since ${when(audit.changes.since)}`, columns, rows);
}
