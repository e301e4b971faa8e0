import { expect, it } from 'vitest';
import {
  runOutcome,
  usesOfImport,
  usesOfLazyUser,
  usesOfText,
  usesText,
} from '#domain/projections/script-uses.ts';

const run = (ending: string, value: unknown = null, error: string | null = null) => ({
  ending,
  value,
  error: error === null ? null : { name: error },
});

it('has one word for every ending', () => {
  expect([
    runOutcome(null),
    runOutcome(run('called-back', { user_id: '1' })),
    runOutcome(run('called-back')),
    runOutcome(run('called-back-error', null, 'WrongUsernameOrPasswordError')),
    runOutcome(run('called-back-error', null, 'Error')),
    runOutcome(run('threw')),
  ]).toEqual(['not-run', 'profile', 'no-profile', 'refused', 'error', 'threw']);
});

it('survives being written as text', () => {
  const lazy = usesOfLazyUser({
    getUser: run('called-back', {}),
    login: run('timed-out'),
    wrongPassword: null,
  });
  expect([usesText(lazy), usesOfText(usesText(lazy)), usesText(usesOfImport('kept-out'))]).toEqual([
    'get_user/existing-user=profile login/right-password=timed-out login/wrong-password=not-run',
    lazy,
    'import/record=kept-out',
  ]);
});
