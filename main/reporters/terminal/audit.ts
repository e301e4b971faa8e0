import type { AuditEvent, AuditResult, MarkedScript } from '#contract/audit.ts';
import {
  againstText,
  auditHeadline,
  markTitle,
  sampleNames,
  SIGN_TITLES,
  STATE_TITLES,
} from '#reporters/audit-wording.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count, duration, percent } from '#reporters/numbers.ts';
import { heading, labelled, paint, type Paint, type Style, wrap } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

const MONTHS_SHOWN = 12;
const BROKEN_SHOWN = 5;
const GROUPS_SHOWN = 15;

type StateGroup = AuditResult['states'][number];

/** The audit for a terminal. Ends with a line break; nothing in it can steer the terminal. */
export function auditText(audit: AuditResult, given: Style): string {
  const style = { ...given, width: Math.min(120, Math.max(64, given.width)) };
  const sections = [
    [
      paint(style, 'bold', `Audit of ${plain(audit.project)}`),
      paint(style, 'dim', plain(againstText(audit))),
    ],
    [
      ...wrap(auditHeadline(audit), style.width),
      ...audit.caveats.flatMap((one) => wrap(one, style.width)).map((line) => paint(style, 'yellow', line)),
    ],
    changeLines(audit, style),
    stateLines(audit, style),
    signLines(audit, style),
    findingLines(audit, style),
    driftLines(audit, style),
    brokenLines(audit, style),
    totalLines(audit, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function stateLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.states.length === 0) return [];
  const rows = audit.states.map((group) => [
    STATE_TITLES[group.state],
    count(group.users),
    group.state === 'stranger' || group.state === 'sign-up' ? '' : percent(group.users, audit.legacy.rows),
    group.code ?? '',
  ]);
  return [
    heading('Where everybody stands', style),
    ...table(
      [
        { title: 'state', align: 'left' },
        { title: 'users', align: 'right' },
        { title: 'share', align: 'right' },
        { title: 'code', align: 'left', flexible: true },
      ],
      rows,
      style,
    ),
    ...audit.states.filter(needsHelp).flatMap((group) => ['', ...groupLines(group, style)]),
  ];
}

function needsHelp({ severity }: StateGroup): boolean {
  return severity === 'error' || severity === 'warning';
}

const COLOURS: Readonly<Record<string, Paint>> = { error: 'red', warning: 'yellow', note: 'dim' };

function groupLines(
  group: Pick<StateGroup, 'title' | 'severity' | 'fix' | 'users' | 'samples' | 'code'>,
  style: Style,
): readonly string[] {
  const names = sampleNames(group.samples);
  return [
    `  ${paint(style, COLOURS[group.severity ?? 'note'] ?? 'dim', count(group.users))}  ${paint(style, 'bold', plain(group.title))}`,
    ...labelled('code  ', group.code ?? '', style, 4),
    ...(group.fix === null ? [] : labelled('fix   ', group.fix, style, 4)),
    ...(names === '' ? [] : labelled('like  ', names, style, 4)),
  ];
}

function signLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.signs.length === 0) return [];
  const day = (iso: string | null) => iso?.slice(0, 10) ?? '';
  const months = audit.months.slice(-MONTHS_SHOWN).map(({ month, users }) => `${month} ${count(users)}`);
  return [
    heading('How and when they migrated', style),
    ...table(
      [
        { title: 'by', align: 'left', flexible: true },
        { title: 'users', align: 'right' },
        { title: 'first', align: 'left' },
        { title: 'last', align: 'left' },
      ],
      audit.signs.map(({ sign, users, first, last }) => [
        SIGN_TITLES[sign],
        count(users),
        day(first),
        day(last),
      ]),
      style,
    ),
    ...labelled('months  ', months.join(', '), style, 2),
  ];
}

function findingLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.findings.length === 0) return [];
  return [
    heading('What else was found', style),
    ...audit.findings.flatMap((group, index) => [...(index === 0 ? [] : ['']), ...groupLines(group, style)]),
  ];
}

function driftLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.drift.length === 0) return [];
  return [
    heading(`Attributes that differ (${count(audit.drifting)} people)`, style),
    ...table(
      [
        { title: 'attribute', align: 'left' },
        { title: 'people', align: 'right' },
        { title: 'for example', align: 'left', flexible: true },
      ],
      audit.drift.map(({ attribute, users, samples }) => [attribute, count(users), sampleNames(samples)]),
      style,
    ),
    ...labelled('compared  ', audit.compared.join(', '), style, 2),
  ];
}

function brokenLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.broken.length === 0) return [];
  const shown = audit.broken.slice(0, BROKEN_SHOWN);
  const rest = audit.tenant.broken - shown.length;
  return [
    heading('Lines that cannot be read', style),
    ...shown.map(
      ({ file, line, reason }) => `  ${plain(file.split(/[\\/]/).at(-1) ?? file)}:${line}  ${plain(reason)}`,
    ),
    ...(rest > 0 ? [`  and ${count(rest)} more`] : []),
  ];
}

function changeLines(audit: AuditResult, style: Style): readonly string[] {
  if (audit.changes === null) return [];
  const { since, users, groups } = audit.changes;
  return [
    heading(`Since ${since.slice(0, 16).replace('T', ' ')} UTC: ${count(users)} people`, style),
    ...groups.slice(0, GROUPS_SHOWN).map(({ from, to, users: many }) => {
      const way = from === null ? markTitle(to) : `${markTitle(from)} → ${markTitle(to)}`;
      return `  ${count(many).padStart(9)}  ${plain(way)}`;
    }),
    ...(groups.length > GROUPS_SHOWN ? [`  and ${count(groups.length - GROUPS_SHOWN)} other changes`] : []),
  ];
}

function totalLines(
  { legacy, tenant, selected, states, milliseconds }: AuditResult,
  style: Style,
): readonly string[] {
  const everybody = states.reduce((sum, { users }) => sum + users, 0);
  const strangers = tenant.users - tenant.matched - tenant.repeated;
  return [
    heading('Totals', style),
    `  legacy  ${count(legacy.rows)} rows = ${count(legacy.users)} users + ${count(legacy.unreadable)} unreadable + ${count(legacy.withoutId)} without id`,
    `  tenant  ${count(tenant.lines)} records = ${count(tenant.users)} users + ${count(tenant.otherConnections)} of other connections + ${count(tenant.broken)} broken + ${count(tenant.deleted)} deleted`,
    `          ${count(tenant.users)} users = ${count(tenant.matched)} of legacy users + ${count(strangers)} only there + ${count(tenant.repeated)} repeated`,
    ...(selected === everybody ? [] : [`  filter  ${count(selected)} of ${count(everybody)} people`]),
    `  time    ${duration(milliseconds / 1000)}`,
  ];
}

/** One line that is written over. */
export function auditProgressLine(event: AuditEvent): string {
  switch (event.type) {
    case 'reading': {
      const { legacy, tenant } = event;
      return `Reading: ${count(legacy.done)} of ${count(legacy.expected)} legacy users, ${bytes(tenant.done)} of ${bytes(tenant.expected)}`;
    }
    case 'comparing':
      return `Comparing: ${count(event.done)} people`;
    default:
      return 'Comparing';
  }
}

/** What the marker would change, or changed, in each script. */
export function markedScriptsText(scripts: readonly MarkedScript[], style: Style): string {
  return `${scripts.map((one) => markedScriptLines(one, style).join('\n')).join('\n\n')}\n`;
}

function markedScriptLines(script: MarkedScript, style: Style): readonly string[] {
  const name = paint(style, 'bold', script.slot);
  switch (script.status) {
    case 'absent':
      return [`${name}: the connection has no such script`];
    case 'marked-already':
      return [`${name}: marks migrated users already`];
    case 'refused': {
      const line = script.line === null ? '' : ` (line ${script.line})`;
      return [`${name}: left alone, because ${plain(script.reason ?? '')}${line}`];
    }
    default: {
      const places = `${script.places.length === 1 ? 'line' : 'lines'} ${script.places.join(', ')}`;
      const state = script.written ? 'written' : 'would be changed';
      return [`${name}: ${state}; a profile is handed over in ${places}`, ...diffLines(script.diff, style)];
    }
  }
}

function diffLines(diff: string, style: Style): readonly string[] {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => {
      const colour = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : 'dim';
      // Indentation is part of a script, so that only what steers a terminal is taken out.
      return paint(
        style,
        colour,
        `${line.slice(0, line.search(/\S|$/)).replaceAll('\t', '  ')}${plain(line.trimStart())}`,
      );
    });
}
