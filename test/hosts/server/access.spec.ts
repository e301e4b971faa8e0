import { describe, expect, it } from 'vitest';
import { createAccess } from '#hosts/server/access.ts';

function accessAt(clock: { now: number }) {
  return createAccess(() => clock.now);
}

describe('a link', () => {
  it('signs in once', () => {
    const access = accessAt({ now: 0 });
    const token = access.issueLink(1_000);
    const session = access.signIn(token);
    expect({
      admitted: access.admits(session!),
      again: access.signIn(token),
      asSession: access.admits(token),
    }).toEqual({ admitted: true, again: null, asSession: false });
  });

  it('is good up to its last millisecond, and the session it gave for longer', () => {
    const clock = { now: 0 };
    const access = accessAt(clock);
    const [early, late] = [access.issueLink(1_000), access.issueLink(1_000)];
    clock.now = 999;
    const session = access.signIn(early);
    clock.now = 1_000;
    expect({ late: access.signIn(late), session: access.admits(session!) }).toEqual({
      late: null,
      session: true,
    });
  });

  it('has 256 bits that are never the same', () => {
    const access = accessAt({ now: 0 });
    const tokens = Array.from({ length: 200 }, () => access.issueLink(1_000));
    const bytes = tokens.map((token) => Buffer.from(token, 'base64url').length);
    expect({ different: new Set(tokens).size, bytes: new Set(bytes) }).toEqual({
      different: 200,
      bytes: new Set([32]),
    });
  });

  it('is not hit by guesses, however near, and guesses do not use it up', () => {
    const access = accessAt({ now: 0 });
    const token = access.issueLink(1_000);
    const other = token.endsWith('A') ? 'E' : 'A';
    const near = ['', ' ', token.slice(0, -1), token.slice(0, -1) + other, `${token}A`, token.toLowerCase()];
    expect({
      near: near.map((guess) => access.signIn(guess)),
      right: access.signIn(token) === null,
    }).toEqual({ near: near.map(() => null), right: false });
  });

  it('is forgotten when many more were asked for', () => {
    const access = accessAt({ now: 0 });
    const tokens = Array.from({ length: 9 }, () => access.issueLink(1_000));
    expect(tokens.map((token) => access.signIn(token) !== null)).toEqual([
      false,
      ...Array.from({ length: 8 }, () => true),
    ]);
  });
});
