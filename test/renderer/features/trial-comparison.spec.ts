import { expect, it } from 'vitest';
import { differencesOf } from '#renderer/features/trials/compare/differences-of.ts';
import { inOrderOfWork } from '#renderer/features/trials/compare/changes.ts';
import { reportFixture } from '#test/report-fixtures.ts';

const { trial } = reportFixture('lazy-findings');

it('names what was edited between two trials, and nothing else', () => {
  const [first = 'login'] = Object.keys(trial.inputs.scripts);
  const later = {
    ...trial,
    id: 'later',
    options: { ...trial.options, depth: 'proven', filter: { limit: 5 } },
    inputs: {
      ...trial.inputs,
      settings: 'other',
      legacyRows: trial.inputs.legacyRows + 1,
      scripts: { ...trial.inputs.scripts, [first]: 'other', delete: 'new' },
    },
  } as const;
  expect(differencesOf(trial, trial)).toEqual([]);
  expect(differencesOf(trial, later)).toEqual([
    { name: `Script ${first}`, value: 'was edited' },
    { name: 'Script delete', value: 'was added' },
    { name: 'Settings', value: 'userferry.json or database.json was edited' },
    { name: 'Depth', value: 'Assumed → Proven' },
    { name: 'Who', value: 'everybody → the first 5' },
    { name: 'Legacy rows', value: `${trial.inputs.legacyRows} → ${trial.inputs.legacyRows + 1}` },
  ]);
});

it('shows what broke before what was fixed, the biggest first', () => {
  const group = (from: string | null, to: string | null, users: number) => ({ from, to, users, samples: [] });
  const groups = [group('a', 'b', 90), group('a', null, 50), group(null, 'b', 3), group(null, 'c', 7)];
  expect(inOrderOfWork(groups).map(({ from, to }) => [from, to])).toEqual([
    [null, 'c'],
    [null, 'b'],
    ['a', null],
    ['a', 'b'],
  ]);
});
