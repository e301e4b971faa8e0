import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OutcomeFilter, Phase, Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { writeOutcomes } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 20_000;
let folder: string;
let replica: Replica;

beforeAll(() => {
  folder = temporaryFolder('places');
  replica = replicaOpener.open(join(folder, 'replica.db'));
  for (let from = 0; from < USERS; from += 1_000)
    replica.batch((batch) => writeOutcomes(batch, 'lazy', from, from + 1_000));
});
afterAll(() => {
  replica.close();
  removeFolder(folder);
});

const filters: readonly (OutcomeFilter & { readonly phase: Phase })[] = [
  { phase: 'lazy' },
  { phase: 'lazy', status: 'failed' },
  { phase: 'lazy', status: 'ok' },
  { phase: 'lazy', cause: 'script.threw' },
  { phase: 'lazy', state: 'migrated' },
  { phase: 'lazy', findingCode: 'profile.name-missing' },
  { phase: 'lazy', findingCode: 'profile.name-missing', status: 'failed' },
  { phase: 'lazy', cohort: { by: 'emailDomain', value: 'company-7.example' }, status: 'failed' },
  { phase: 'lazy', status: 'ok', cause: 'script.threw' },
  { phase: 'lazy', cause: 'nobody-has-it' },
  { phase: 'bulk' },
];

it.each(filters.map((filter) => [JSON.stringify(filter), filter] as const))(
  'counts and finds places as a walk does: %s',
  (_, filter) => {
    const positions = replica.outcomes(filter, -1, USERS).map(({ position }) => position);
    const steps = [1, 2, 777, positions.length, positions.length + 1].filter((rows) => rows > 0);
    const middle = positions[positions.length >> 1] ?? 5;
    expect({
      count: replica.outcomeCount(filter),
      fromStart: steps.map((rows) => replica.positionAfter(filter, -1, rows)),
      fromMiddle: steps.map((rows) => replica.positionAfter(filter, middle, rows)),
    }).toEqual({
      count: positions.length,
      fromStart: steps.map((rows) => positions[rows - 1] ?? null),
      fromMiddle: steps.map((rows) => positions.filter((position) => position > middle)[rows - 1] ?? null),
    });
  },
);
