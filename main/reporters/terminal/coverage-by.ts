import type { z } from 'zod';
import type { Coverage, coverage as procedures, CoverageUse } from '#contract/coverage.ts';
import { plain } from '#reporters/escape.ts';
import { count, percent, users } from '#reporters/numbers.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';
import { PHASE_TITLES } from '#reporters/wording.ts';

type UsersPage = z.infer<NonNullable<(typeof procedures.users)['~orpc']['outputSchema']>>;

/** What each script did, and users by one attribute. */
export function coverageText(coverage: Coverage, withScripts: boolean, style: Style): string {
  const columns = coverage.attributes.find(({ name }) => name === coverage.by)?.columns ?? [];
  const from = columns.length === 0 ? '' : ` (column ${columns.map(plain).join(', ')})`;
  const others = coverage.attributes.map(({ name }) => name).filter((name) => name !== coverage.by);
  return `${[
    paint(style, 'bold', `Coverage of trial ${coverage.trial} by ${plain(coverage.by)}`) + from,
    ...coverage.phases.flatMap((phase) => ['', ...phaseLines(phase, coverage.by, withScripts, style)]),
    ...(others.length === 0 ? [] : ['', ...labelled('--by also takes ', others.join(', '), style)]),
  ].join('\n')}\n`;
}

function phaseLines(
  phase: Coverage['phases'][number],
  by: string,
  withScripts: boolean,
  style: Style,
): readonly string[] {
  const [head = '', ...lines] = table(
    [
      { title: by, align: 'left', flexible: true },
      { title: 'users', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'ok', align: 'right' },
      { title: 'failed', align: 'right' },
      { title: 'skipped', align: 'right' },
      { title: 'ok %', align: 'right' },
    ],
    phase.rows.map((row) => [
      row.value,
      count(row.total),
      percent(row.total, phase.total),
      count(row.ok),
      count(row.failed),
      count(row.skipped),
      percent(row.ok, row.total),
    ]),
    style,
  );
  const uses = (index: number) => (withScripts ? (phase.rows[index]?.scripts ?? []) : []);
  return [
    heading(`${PHASE_TITLES[phase.phase]}: ${users(phase.total)}`, style),
    ...phase.scripts.flatMap((use) => useLines(use, 2, style)),
    '',
    head,
    ...lines.flatMap((line, index) => [line, ...uses(index).flatMap((use) => useLines(use, 6, style))]),
  ];
}

function useLines(use: CoverageUse, indent: number, style: Style): readonly string[] {
  const outcomes = use.outcomes.map(({ outcome, users: number }) => `${outcome} ${count(number)}`).join(', ');
  return labelled(`${use.script}/${use.scenario}`.padEnd(24), outcomes, style, indent);
}

/** A page of users, by key and id. */
export function coverageUsersText({ users: page, next, total }: UsersPage, style: Style): string {
  if (page.length === 0) return 'Nobody fits.\n';
  const lines = table(
    [
      { title: 'position', align: 'right' },
      { title: 'key', align: 'left' },
      { title: 'status', align: 'left' },
      { title: 'state', align: 'left' },
      { title: 'cause and findings', align: 'left', flexible: true },
    ],
    page.map(({ position, key, status, state, cause, findings }) => [
      String(position),
      key.join('/'),
      status,
      state,
      [...new Set([...(cause === null ? [] : [cause]), ...findings.map(({ code }) => code)])].join(', '),
    ]),
    style,
    0,
  );
  const more = next === null ? [] : [`The next page: --after ${next}`];
  return `${[...lines, '', `${count(page.length)} of ${users(total)}.`, ...more].join('\n')}\n`;
}
