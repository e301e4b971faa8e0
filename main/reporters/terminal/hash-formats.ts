import type { FormatsResult } from '#contract/passwords.ts';
import { plain, shellWord } from '#reporters/escape.ts';
import { count, duration, percent, users } from '#reporters/numbers.ts';
import { box, table } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';

type Group = FormatsResult['formats'][number];
type Target = Group['targets'][number];

const ROUTES = {
  'password-hash': 'import as password_hash',
  custom: 'import as custom_password_hash',
  'lazy-only': 'lazy migration only',
  'reset-only': 'password reset only',
} as const satisfies Record<Target['route'], string>;

/** What all stored hashes are and what the target will do with each format. */
export function formatsText(result: FormatsResult, style: Style): string {
  return `${[
    ...overview(result, style),
    ...result.formats.flatMap((group) => ['', ...groupLines(group, style)]),
    '',
    ...closing(result, style),
  ].join('\n')}\n`;
}

function overview(result: FormatsResult, style: Style): readonly string[] {
  const rows = result.formats.map((group) => [
    group.format,
    count(group.users),
    percent(group.users, result.users),
    [...new Set(group.targets.map((target) => ROUTES[target.route]))].join('; '),
  ]);
  return table(
    [
      { title: 'format', align: 'left' },
      { title: 'users', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'what the target will do', align: 'left', flexible: true },
    ],
    rows,
    style,
    0,
  );
}

function groupLines(group: Group, style: Style): readonly string[] {
  const { certain, likely, guess } = group.confidence;
  const sure = [
    certain > 0 ? `certain for ${count(certain)}` : '',
    likely > 0 ? `likely for ${count(likely)}` : '',
    guess > 0 ? `a guess for ${count(guess)}` : '',
  ].filter((text) => text !== '');
  const parameters = group.parameters.filter(({ parameters: text }) => text !== '');
  const unproven = likely + guess > 0 && group.targets.some((target) => target.route === 'custom');
  return [
    heading(`${plain(group.format)}: ${users(group.users)}`, style),
    ...(parameters.length === 0
      ? []
      : labelled(
          'parameters  ',
          parameters.map((one) => `${one.parameters} (${count(one.users)})`).join(', '),
          style,
          2,
        )),
    ...labelled('recognised  ', sure.join(', '), style, 2),
    ...group.targets.flatMap((target) => targetLines(target, style)),
    ...group.warnings
      .filter((warning) => warning.severity !== 'note')
      .flatMap((warning) =>
        labelled('warning     ', `${warning.title} (${warning.code}): ${users(warning.users)}`, style, 2, [
          'yellow',
        ]),
      ),
    ...labelled('samples     ', group.samples.map((sample) => keyText(sample.key)).join(', '), style, 2),
    ...(unproven
      ? labelled('prove it    ', `userferry hash --key ${keyText(group.samples[0]!.key)}`, style, 2, [
          'dim',
          'cyan',
        ])
      : []),
  ];
}

function targetLines(target: Target, style: Style): readonly string[] {
  const value =
    target.value === null || target.route === 'password-hash' ? '' : `: ${JSON.stringify(target.value)}`;
  const reason = target.reason === null ? '' : `: ${target.reason.title} (${target.reason.code})`;
  return labelled(
    'target      ',
    `${users(target.users)}, ${ROUTES[target.route]}${value}${reason}`,
    style,
    2,
  );
}

function keyText(key: Group['samples'][number]['key']): string {
  return shellWord(key.length === 1 ? String(key[0]) : JSON.stringify(key));
}

function closing(result: FormatsResult, style: Style): readonly string[] {
  const { passwordHash, custom, lazyOnly, resetOnly } = result.routes;
  const importable = passwordHash + custom;
  const others = [
    result.unreadable > 0 ? `${count(result.unreadable)} unreadable` : '',
    result.withoutId > 0 ? `${count(result.withoutId)} without id` : '',
  ].filter((text) => text !== '');
  const lines = [
    `${count(importable)} of ${users(result.users)} can be imported with their password`,
    [
      `${count(lazyOnly)} by lazy migration only`,
      `${count(resetOnly)} by password reset only`,
      ...others,
    ].join(', '),
    `read in ${duration(result.milliseconds / 1000)}`,
  ];
  return box(lines, style, importable === result.users ? 'green' : 'yellow').map((line) =>
    paint(style, 'bold', line),
  );
}
