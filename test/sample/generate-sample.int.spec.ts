import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateSample } from '#sample/generate-sample.ts';
import { planSample } from '#sample/sample-plan.ts';
import type { SampleOptions } from '#sample/sample-row.ts';
import { makeSample, NOW } from './sample.ts';

function digestOf(options: SampleOptions): string {
  const hash = createHash('sha256');
  for (const user of generateSample(options)) hash.update(JSON.stringify(user));
  return hash.digest('hex');
}

describe('a sample', () => {
  it('is the same for the same seed, size and date, on every platform', () => {
    expect(digestOf({ seed: 7, users: 1000, now: NOW })).toBe(
      '560e26daf3d70002b9b9458fc0adcbca2bcc550f8fe5a931b14a3b2a56c454cd',
    );
  });

  it('differs with the seed, the size and the date', () => {
    const digests = [
      { seed: 7, users: 400, now: NOW },
      { seed: 8, users: 400, now: NOW },
      { seed: 7, users: 401, now: NOW },
      { seed: 7, users: 400, now: NOW + 86_400_000 },
    ].map(digestOf);
    expect(new Set(digests).size).toBe(4);
  });

  it('has rising ids with gaps', () => {
    const ids = makeSample(400).users.map(({ row }) => row.id);
    const steps = ids.slice(1).map((id, at) => id - ids[at]!);
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  it.each([
    { seed: 1, users: 299, now: NOW },
    { seed: 1, users: 1000.5, now: NOW },
    { seed: 1.5, users: 1000, now: NOW },
    { seed: 1, users: 1000, now: Number.NaN },
  ])('refuses %o', (options) => {
    expect(() => planSample(options)).toThrow(expect.objectContaining({ kind: 'input-invalid' }));
  });
});

describe('20,000 users of a sample', () => {
  const { users } = makeSample(20_000);
  const rows = users.map(({ row }) => row);
  const share = (count: number) => count / rows.length;

  it('were mostly seen lately, with a long tail and some never', () => {
    const age = (iso: string) => (NOW - Date.parse(iso)) / 86_400_000;
    const seen = rows.flatMap((row) => (row.last_login_at === null ? [] : [age(row.last_login_at)]));
    expect(share(rows.length - seen.length)).toBeCloseTo(0.08, 1);
    expect(share(seen.filter((days) => days <= 30).length)).toBeGreaterThan(0.35);
    expect(share(seen.filter((days) => days > 365).length)).toBeGreaterThan(0.1);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
  });

  it('signed up over fifteen years, ever more of them, and never logged in before that', () => {
    const created = rows.map((row) => Date.parse(row.created_at));
    expect(created).toEqual(created.toSorted((a, b) => a - b));
    expect((NOW - created[0]!) / (365.25 * 86_400_000)).toBeGreaterThan(14.5);
    const half = NOW - 7.5 * 365.25 * 86_400_000;
    expect(share(created.filter((time) => time > half).length)).toBeGreaterThan(0.6);
    const early = rows.filter((row) => row.last_login_at !== null && row.last_login_at < row.created_at);
    expect(early).toEqual([]);
  });

  it('hold hashes of every era', () => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const name = `${row.pw_scheme}${row.pw_scheme === 'bcrypt' ? row.pw_hash!.slice(0, 4) : ''}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const common = [...counts].filter(([, count]) => count >= 100).map(([name]) => name);
    expect(common.toSorted()).toEqual([
      'acme1',
      'argon2id',
      'bcrypt$2a$',
      'bcrypt$2b$',
      'bcrypt$2y$',
      'md5',
      'null',
      'pbkdf2',
      'scrypt',
      'sha1',
      'sha256',
      'ssha',
    ]);
  });

  it('have test accounts with known passwords and the rest none', () => {
    expect(users.filter((user) => user.password !== null).length).toBeGreaterThan(600);
    expect(share(users.filter((user) => user.password === null).length)).toBeGreaterThan(0.95);
  });
});
