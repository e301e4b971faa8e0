import { describe, expect, it } from 'vitest';
import {
  askedOf,
  chipsOf,
  filterOf,
  searchOf,
  without,
} from '#renderer/features/report/users/user-filter.ts';

const read = (search: string) => filterOf(new URLSearchParams(search), ['lazy', 'bulk']);

describe('the filter of a list of users', () => {
  it.each([
    [
      'phase=bulk&status=failed&cause=import.conflict',
      { phase: 'bulk', status: 'failed', cause: 'import.conflict' },
    ],
    ['status=broken&phase=other', { phase: 'lazy' }],
    ['by=hashFormat', { phase: 'lazy' }],
    ['script=login&scenario=right-password', { phase: 'lazy' }],
    [
      'by=userMetadata.plan&value=gold&status=ok',
      { phase: 'lazy', status: 'ok', by: 'userMetadata.plan', value: 'gold' },
    ],
  ])('reads %s', (search, filter) => {
    expect(read(search)).toEqual(filter);
  });

  it('comes back from the address it writes', () => {
    const filter = read('phase=bulk&status=skipped&by=emailDomain&value=a%20%26b');
    expect(filter === null ? null : read(new URLSearchParams(searchOf(filter)).toString())).toEqual(filter);
  });

  it('asks the outcomes where it can, and coverage for what only coverage knows', () => {
    const asked = [
      'status=failed&cause=script.threw&by=hashFormat&value=md5',
      'by=state&value=migrated',
      'by=createdAt&value=2019&status=ok',
      'script=login&scenario=wrong-password&outcome=profile',
      'by=createdAt&value=2019&finding=profile.email-missing',
    ].map((search) => askedOf(read(search) ?? { phase: 'lazy' }));
    expect(asked).toEqual([
      {
        from: 'outcomes',
        filter: { status: 'failed', cause: 'script.threw', cohort: { by: 'hashFormat', value: 'md5' } },
      },
      { from: 'outcomes', filter: { state: 'migrated' } },
      { from: 'coverage', filter: { status: 'ok', by: 'createdAt', value: '2019' } },
      { from: 'coverage', filter: { script: 'login', scenario: 'wrong-password', outcome: 'profile' } },
      { from: 'outcomes', filter: { findingCode: 'profile.email-missing' } },
    ]);
  });

  it('names each part as a chip that takes it away', () => {
    const filter = read('status=failed&cause=script.threw&by=lastLogin&value=never') ?? {
      phase: 'lazy' as const,
    };
    const chips = chipsOf(filter, () => 'script threw an error');
    expect(chips.map(({ text }) => text)).toEqual([
      'failed',
      'Cause: Script threw an error',
      'Last login: never',
    ]);
    expect(chips.map(({ names }) => without(filter, names))).toEqual([
      { phase: 'lazy', cause: 'script.threw', by: 'lastLogin', value: 'never' },
      { phase: 'lazy', status: 'failed', by: 'lastLogin', value: 'never' },
      { phase: 'lazy', status: 'failed', cause: 'script.threw' },
    ]);
  });
});
