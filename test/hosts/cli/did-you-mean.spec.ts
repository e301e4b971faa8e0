import { expect, it } from 'vitest';
import { didYouMean } from '#hosts/cli/did-you-mean.ts';

const CODES = ['password.empty', 'profile.email-missing', 'script.timed-out', 'script.threw'];

it('finds what was meant and leaves strangers alone', () => {
  expect(
    ['pasword.empty', 'SCRIPT.TIMEDOUT', 'email-missing', 'threw', 'something else entirely', ''].map(
      (word) => didYouMean(word, CODES),
    ),
  ).toEqual(['password.empty', 'script.timed-out', 'profile.email-missing', 'script.threw', null, null]);
});

it('knows nothing where nothing is known', () => {
  expect(didYouMean('x', [])).toBeNull();
});
