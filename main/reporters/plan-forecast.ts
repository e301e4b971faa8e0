import type { PlanForecast, PlanResult } from '#contract/plan.ts';
import { count, percent } from '#reporters/numbers.ts';
import type { Block, PlanSection } from '#reporters/plan-blocks.ts';
import { BY_TITLES, estimateText, shareText, sourceText, usedForecast } from '#reporters/plan-wording.ts';

type Made = Extract<PlanForecast, { kind: 'made' }>;

/** How many log in by themselves, how that is known, and how such forecasts have held in the past. */
export function forecastSection(plan: PlanResult): PlanSection {
  const used = usedForecast(plan);
  const { lastLogin, accessLog } = plan.forecasts;
  const other = [accessLog, lastLogin].filter((one) => one !== null && one !== used);
  return {
    title: 'Who logs in without being asked',
    blocks: [
      ...(used === null ? [] : madeBlocks(plan, used)),
      ...other.flatMap((one) => (one === null ? [] : [otherBlock(plan, one)])),
    ],
  };
}

function madeBlocks({ legacy, forecasts, schedule }: PlanResult, made: Made): Block[] {
  const { data, atEnd, atCutover, savedByLogin, movedByLogin, curve, model, backTests, insideOf } = made;
  const level = Math.round(forecasts.level * 100);
  const sample = data.sampleOf === 1 ? '' : `, every user in ${count(data.sampleOf)} looked at`;
  return [
    {
      kind: 'facts',
      rows: [
        [
          `Within ${count(schedule.days)} days`,
          `${estimateText(atEnd)}, ${shareText(atEnd, legacy.users)}`,
          sourceText(atEnd.from),
        ],
        ...(atCutover === null
          ? []
          : [
              [
                `Until ${schedule.cutover}`,
                `${estimateText(atCutover)}, ${shareText(atCutover, legacy.users)}`,
                sourceText(atCutover.from),
              ] as const,
            ]),
        ['Passwords saved by it', estimateText(savedByLogin), sourceText(savedByLogin.from)],
        ['Moved only by it', estimateText(movedByLogin), sourceText(movedByLogin.from)],
        [
          'Data',
          `${data.fromDate} to ${data.toDate}, ${count(data.seen)} of ${count(data.users)} users with a login${sample}`,
          '',
        ],
      ],
    },
    ...model.map((text) => ({ kind: 'text', text, soft: true }) as const),
    {
      kind: 'text',
      text: `Intervals are meant to hold in ${level} of 100 cases.`,
      soft: true,
    },
    { kind: 'curve', points: curve, whole: legacy.users },
    ...(backTests.length === 0
      ? []
      : ([
          {
            kind: 'text',
            text: `Back-test: ${count(insideOf.inside)} of ${count(insideOf.all)} forecasts of the past held, each made from what came before it.`,
          },
          {
            kind: 'table',
            columns: [
              { title: 'held out', flexible: true },
              { title: 'days', number: true },
              { title: 'users', number: true },
              { title: 'forecast', number: true },
              { title: 'actual', number: true },
              { title: 'inside' },
            ],
            rows: backTests.map((test) => [
              `${test.fromDate} to ${test.toDate}`,
              count(test.days),
              count(test.users),
              estimateText(test),
              count(test.actual),
              test.inside ? 'yes' : 'no',
            ]),
          },
        ] as const)),
  ];
}

function otherBlock({ legacy }: PlanResult, one: PlanForecast): Block {
  const by = BY_TITLES[one.by];
  return one.kind === 'refused'
    ? { kind: 'text', text: `No forecast ${by}: ${one.codes.join(', ')}.` }
    : {
        kind: 'text',
        text: `For comparison ${by}: ${estimateText(one.atEnd)}, ${percent(one.atEnd.expected ?? 0, legacy.users)}.`,
      };
}
