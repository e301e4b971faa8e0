import { describe, expect, it } from 'vitest';
import { PasswordPlans } from '#sandbox/worker/password-plan.ts';
import type { WirePlan } from '#sandbox/protocol.ts';

const STORED = Buffer.alloc(20, 7);
const right: WirePlan = { kind: 'assume', answer: 'right', digests: [STORED.toString('base64')] };
const wrong: WirePlan = { ...right, answer: 'wrong' };
const plans = (...entries: readonly (readonly [number, string, WirePlan])[]): PasswordPlans => {
  const all = new PasswordPlans();
  for (const [attempt, password, plan] of entries) all.add(attempt, password, plan);
  return all;
};
const utf8 = (text: string): Buffer => Buffer.from(text);

describe('comparisons', () => {
  it('are answered for the attempt whose password is in them', () => {
    const all = plans([1, 'alpha', right], [2, 'beta', wrong], [3, 'gamma', { kind: 'true' }]);
    expect(['alpha', 'beta', 'gamma', 'delta', 'pepper-beta'].map((input) => all.compare(input))).toEqual([
      'right',
      'wrong',
      'compute',
      'compute',
      'wrong',
    ]);
    expect([1, 2, 3].map((attempt) => all.take(attempt))).toEqual([
      { truly: 0, assumed: 1 },
      { truly: 0, assumed: 2 },
      { truly: 1, assumed: 0 },
    ]);
  });

  it('prefer the longest password, as one may be part of another', () => {
    expect(plans([1, 'pass', wrong], [2, 'password', right]).compare('password')).toBe('right');
  });

  it('know an empty password only when it is all there is', () => {
    const all = plans([1, '', right]);
    expect([all.compare(''), all.compare('x')]).toEqual(['right', 'compute']);
  });

  it('forget an attempt that is over', () => {
    const all = plans([1, 'alpha', right]);
    all.take(1);
    expect([all.compare('alpha'), all.take(1)]).toEqual(['compute', { truly: 0, assumed: 0 }]);
  });
});

describe('digests', () => {
  const answer = (all: PasswordPlans, input: Buffer, length: number): Buffer | null =>
    all.digest([input], length).answer;

  it('are the stored one of the same length, in any encoding of the password', () => {
    const all = plans([1, 'pässword', right]);
    const inputs = (['utf8', 'utf16le', 'latin1'] as const).map((encoding) =>
      Buffer.from('pässword', encoding),
    );
    expect(inputs.map((input) => answer(all, input, 20))).toEqual([STORED, STORED, STORED]);
  });

  it('are computed when no stored one has that length, and for other data', () => {
    const all = plans([1, 'alpha', right], [2, 'beta', wrong]);
    expect([answer(all, utf8('alpha'), 32), answer(all, utf8('other'), 20)]).toEqual([null, null]);
  });

  it('are none of the stored ones when the plan is wrong', () => {
    const made = answer(plans([1, 'beta', wrong]), utf8('beta'), 20);
    expect([made?.length, made?.equals(STORED)]).toEqual([20, false]);
  });

  it('count rounds over an earlier digest as the password’s, in bytes and in hex', () => {
    const all = plans([1, 'alpha', right]);
    const first = all.digest([utf8('alpha')], 16);
    const made = Buffer.alloc(16, 9);
    first.remember?.(made);
    expect([
      answer(all, made, 20),
      answer(all, utf8(`salt${made.toString('hex')}`), 20),
      answer(all, utf8('other'), 20),
    ]).toEqual([STORED, STORED, null]);
  });

  it('over very long inputs are computed without a search', () => {
    expect(answer(plans([1, 'alpha', right]), Buffer.alloc(100_000, 'alpha'), 20)).toBeNull();
  });
});
