import type { PlanResult } from '#contract/plan.ts';
import { bytes, count, duration, percent } from '#reporters/numbers.ts';
import type { Block, PlanItem, PlanSection } from '#reporters/plan-blocks.ts';
import { forecastSection } from '#reporters/plan-forecast.ts';
import {
  DURATION_TITLES,
  estimateText,
  NEED_TITLES,
  ORDER_TITLES,
  shareText,
  sourceText,
} from '#reporters/plan-wording.ts';

const CAUSES_SHOWN = 15;
const BROKEN_SHOWN = 5;

export function planSections(plan: PlanResult): readonly PlanSection[] {
  return [
    datesSection(plan),
    orderSection(plan),
    forecastSection(plan),
    logSection(plan),
    importSection(plan),
    peakSection(plan),
    resetsSection(plan),
    cutoverSection(plan),
    irreversibleSection(plan),
    findingsSection(plan),
    premisesSection(plan),
  ].filter(({ blocks }) => blocks.length > 0);
}

function datesSection({ schedule, trials }: PlanResult): PlanSection {
  const rows: (readonly [string, string, string])[] = [
    [
      'Lazy phase',
      `${schedule.start} to ${schedule.lazyEnd}, ${count(schedule.days)} days`,
      sourceText(schedule.from),
    ],
    [
      'Import of the rest',
      `from the day after on${schedule.importEnd === null ? '' : `, over on ${schedule.importEnd}`}`,
      '',
    ],
    ['Cutover', schedule.cutover, ''],
  ];
  for (const [name, one] of [
    ['Bulk trial', trials.bulk],
    ['Lazy trial', trials.lazy],
  ] as const) {
    rows.push([
      name,
      one === null ? 'none' : `${one.trial}, ${count(one.users)} users${one.outdated ? ', outdated' : ''}`,
      '',
    ]);
  }
  for (const one of trials.mixed) rows.push(['Mixed trial', `${one.trial}, ${one.order}`, '']);
  return { title: 'Dates', blocks: [{ kind: 'facts', rows }] };
}

function orderSection({ orders, reasons }: PlanResult): PlanSection {
  return {
    title: 'In which order',
    blocks: [
      ...reasons.map((text) => ({ kind: 'text', text }) as const),
      ...orders.flatMap((one): Block[] => [
        {
          kind: 'items',
          items: [
            {
              title: `${ORDER_TITLES[one.order]}${one.recommended ? ' (recommended)' : ''}`,
              tone: 'plain',
              lines: [
                ['harms', `${estimateText(one.harmed)} users`],
                ['from', sourceText(one.harmed.from)],
              ],
            },
            ...one.breaks.map(
              ({ users, title, code, severity, why, fix }): PlanItem => ({
                title: `${estimateText(users)}: ${title}`,
                tone: severity,
                lines: [
                  ['why', why],
                  ['fix', fix],
                  ['code', code],
                  ['from', sourceText(users.from)],
                ],
              }),
            ),
          ],
        },
      ]),
    ],
  };
}

function logSection({ accessLog }: PlanResult): PlanSection {
  if (accessLog === null) return { title: '', blocks: [] };
  const { lines, used, elsewhere, filtered, future, broken, firstAt, lastAt, brokenLines } = accessLog;
  return {
    title: 'The access log',
    blocks: [
      {
        kind: 'facts',
        rows: [
          [
            'Lines',
            `${count(lines)} = ${count(used)} used + ${count(elsewhere)} of others + ${count(filtered)} filtered + ${count(future)} in the future + ${count(broken)} broken`,
            '',
          ],
          ...(firstAt === null || lastAt === null
            ? []
            : [['Covers', `${moment(firstAt)} to ${moment(lastAt)}`, ''] as const]),
          ...brokenLines
            .slice(0, BROKEN_SHOWN)
            .map(
              ({ file, line, reason }) =>
                ['Broken', `${file.split(/[\\/]/).at(-1) ?? file}:${line} ${reason}`, ''] as const,
            ),
        ],
      },
    ],
  };
}

function importSection({ import: files, legacy }: PlanResult): PlanSection {
  const { records, keptOut, bytes: size, largestFile, refused, withoutPassword, tiers } = files;
  const rows: (readonly [string, string, string])[] = [
    [
      'Users',
      `${count(legacy.rows)} rows = ${count(legacy.users)} users + ${count(legacy.unreadable)} unreadable + ${count(legacy.withoutId)} without id`,
      '',
    ],
    ['Records', count(records.value), sourceText(records.from)],
    ['Kept out of the files', count(keptOut.value), sourceText(keptOut.from)],
    ['Files', count(files.files.value), sourceText(files.files.from)],
    ['Size', `${bytes(size.value)}, the largest ${bytes(largestFile.value)}`, sourceText(size.from)],
    [
      'Refused by the jobs',
      refused === null
        ? 'not known without a bulk trial'
        : `${count(refused.value)} (${percent(refused.value, records.value)})`,
      refused === null ? '' : sourceText(refused.from),
    ],
    ['Without a password', count(withoutPassword.value), sourceText(withoutPassword.from)],
  ];
  return {
    title: 'Import of everybody',
    blocks: [
      {
        kind: 'text',
        text: 'As if nobody had logged in before; whoever has is left out of the files in the end.',
        soft: true,
      },
      { kind: 'facts', rows },
      {
        kind: 'table',
        columns: [
          { title: 'tier', flexible: true },
          { title: 'users/s', number: true },
          { title: 'duration', number: true },
          { title: 'longest job', number: true },
          { title: 'API calls', number: true },
          { title: 'scripts at once', number: true },
        ],
        rows: tiers.map((one) => [
          `${one.chosen ? '* ' : ''}${one.title}`,
          one.usersPerSecond === null ? 'not known' : count(one.usersPerSecond.value),
          one.seconds === null ? 'not known' : duration(one.seconds.value),
          one.longestJobSeconds === null
            ? ''
            : `${duration(one.longestJobSeconds.value)}${one.stoppedJobs > 0 ? ' !' : ''}`,
          `${count(one.requests.value)}${one.requestSeconds === null ? '' : `, ${duration(one.requestSeconds.value)}`}`,
          count(one.scriptsAtOnce.value),
        ]),
      },
      {
        kind: 'text',
        text: `* chosen. From: ${sourceText(tiers.find(({ chosen }) => chosen)?.seconds?.from ?? tiers[0]!.requests.from)}`,
        soft: true,
      },
    ],
  };
}

function peakSection({ peak }: PlanResult): PlanSection {
  if (peak === null) return { title: '', blocks: [] };
  return {
    title: 'The busiest hour',
    blocks: [
      {
        kind: 'facts',
        rows: [
          [
            'Hour',
            `${count(peak.hour.logins.value)} logins from ${moment(peak.hour.at)} on`,
            sourceText(peak.hour.logins.from),
          ],
          [
            'Minute',
            `${count(peak.minute.logins.value)} logins from ${moment(peak.minute.at)} on`,
            sourceText(peak.minute.logins.from),
          ],
          ['Scripts at once', `${count(peak.limit.value)} at most`, sourceText(peak.limit.from)],
          ['Room', roomText(peak.roomMilliseconds.value / 1000), sourceText(peak.roomMilliseconds.from)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: 'a run takes', flexible: true },
          { title: 'milliseconds', number: true },
          { title: 'at once', number: true },
          { title: 'at most', number: true },
          { title: 'of the limit', number: true },
        ],
        rows: peak.durations.map(({ kind, milliseconds, mean, most, over }) => [
          DURATION_TITLES[kind],
          count(Math.ceil(milliseconds.value)),
          mean < 9.95 ? mean.toFixed(1) : count(mean),
          count(most),
          `${percent(most, peak.limit.value)}${over ? ' !' : ''}`,
        ]),
      },
      {
        kind: 'text',
        text: `Durations from: ${sourceText(peak.durations.flatMap(({ milliseconds }) => milliseconds.from))}.`,
        soft: true,
      },
    ],
  };
}

function roomText(seconds: number): string {
  return seconds > 20
    ? 'the limit is not reached even when every run takes the whole 20 seconds'
    : `the limit is reached when a run takes ${duration(seconds)} on average`;
}

function moment(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

function resetsSection({ resets }: PlanResult): PlanSection {
  const { causes } = resets;
  const rest = causes.length - CAUSES_SHOWN;
  return {
    title: 'Who has to reset the password, and who is left behind',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['Reset', estimateText(resets.users), sourceText(resets.users.from)],
          ['Left behind', estimateText(resets.leftBehind), sourceText(resets.leftBehind.from)],
          ['Campaign', `until ${resets.campaignEnd}: whoever logs in by then keeps the password`, ''],
          ...(resets.listed === null ? [] : [['Listed', count(resets.listed), ''] as const]),
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: 'users', number: true },
          { title: 'lazy logins first', flexible: true },
        ],
        rows: resets.needs.map(({ need, users }) => [count(users), NEED_TITLES[need]]),
      },
      ...(causes.length === 0
        ? []
        : [
            {
              kind: 'table',
              columns: [
                { title: 'users', number: true },
                { title: 'need' },
                { title: 'hash' },
                { title: 'cause', flexible: true },
                { title: 'code' },
              ],
              rows: causes
                .slice(0, CAUSES_SHOWN)
                .map(({ users, need, hashFormat, title, code }) => [
                  count(users.value),
                  need,
                  hashFormat ?? 'any',
                  title,
                  code,
                ]),
            } as const,
          ]),
      ...(rest > 0 ? [{ kind: 'text', text: `and ${count(rest)} smaller causes`, soft: true } as const] : []),
    ],
  };
}

function cutoverSection({ cutover, legacy }: PlanResult): PlanSection {
  return {
    title: 'What the cutover means',
    blocks: [
      {
        kind: 'facts',
        rows: cutover.map(({ what, users }) => [
          users === null ? 'Everybody' : estimateText(users),
          users === null ? what : `${shareText(users, legacy.users).replace(/ \(.*$/, '')} ${what}`,
          users === null ? '' : sourceText(users.from),
        ]),
      },
    ],
  };
}

function irreversibleSection({ irreversible }: PlanResult): PlanSection {
  return {
    title: 'What cannot be taken back, in this order',
    blocks: [
      {
        kind: 'items',
        items: irreversible.map((one, index) => ({
          title: `${index + 1}. ${one.date === null ? '' : `${one.date}, `}${one.when}: ${one.title}`,
          tone: 'plain',
          lines: [
            ['why', one.why],
            ['undo', one.undo],
            ...(one.users === null
              ? []
              : [['users', `${count(one.users.value)} (${sourceText(one.users.from)})`] as const]),
            ['from', sourceText(one.from)],
          ],
        })),
      },
    ],
  };
}

function findingsSection({ diagnostics }: PlanResult): PlanSection {
  return {
    title: 'What to do before relying on this',
    blocks:
      diagnostics.length === 0
        ? []
        : [
            {
              kind: 'items',
              items: diagnostics.map(({ severity, message, code, help }) => ({
                title: message,
                tone: severity,
                lines: [['code', code], ...(help === undefined ? [] : [['fix', help] as const])],
              })),
            },
          ],
  };
}

function premisesSection({ premises, assumptions }: PlanResult): PlanSection {
  const changed = assumptions.filter(({ isDefault }) => !isDefault);
  return {
    title: 'What was taken for granted',
    blocks: [
      {
        kind: 'items',
        items: [
          ...premises.map(({ name, text }) => ({ title: name, tone: 'plain', lines: [['', text]] }) as const),
          ...changed.map(
            ({ name, value, effect }) =>
              ({ title: `${name}=${value}`, tone: 'warning', lines: [['', effect]] }) as const,
          ),
        ],
      },
      {
        kind: 'text',
        text: `${count(assumptions.length - changed.length)} switches for what the documentation leaves open are at their defaults: ${assumptions
          .filter(({ isDefault }) => isDefault)
          .map(({ name, value }) => `${name}=${value}`)
          .join(', ')}.`,
        soft: true,
      },
    ],
  };
}
