import { hashSync } from '@node-rs/bcrypt';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchResult, SearchSource } from '#contract/passwords.ts';
import { engineClient, resultOf } from '#test/engine-client.ts';
import { HASHES, hashProject, PASSWORDS, PEPPER, secretsIn } from '#test/hash-project.ts';

const client = engineClient();
let project = '';

beforeAll(() => {
  project = hashProject();
});

const search = (source: SearchSource, more: { pepper?: string; timeLimitMs?: number } = {}) =>
  resultOf<SearchResult>(client.passwords.search({ source, ...more }));

const ofUser = (user: Extract<SearchSource, { kind: 'user' }>['user'], password: string): SearchSource => ({
  kind: 'user',
  project,
  user,
  password,
});

const brief = ({ answers }: SearchResult) =>
  answers.map(({ recognised, samples, verdict }) => ({
    format: recognised.format,
    samples,
    verdict: verdict.kind,
    ...('computation' in verdict ? { computation: verdict.computation } : {}),
    ...('mappings' in verdict ? { fields: verdict.mappings.map(({ field, samples: n }) => [field, n]) } : {}),
  }));

const SALTED = {
  format: 'md5-salted',
  verdict: 'importable',
  computation: 'md5(password + salt)',
};

describe('a search for a legacy user', () => {
  it.each([
    ['e-mail address in another case', { identifier: 'mary@EXAMPLE.com' }],
    ['e-mail address as written', { identifier: 'Mary@Example.com' }],
    ['username', { identifier: 'mary' }],
    ['key', { key: ['1'] }],
  ])('takes hash and salt from the row, by %s', async (_name, user) => {
    const result = await search(ofUser(user, PASSWORDS.mary));
    expect({
      answers: brief(result),
      accounts: result.accounts,
      leaked: secretsIn(JSON.stringify(result)),
    }).toEqual({
      answers: [{ ...SALTED, samples: 1, fields: [['custom_password_hash', 1]] }],
      accounts: null,
      leaked: [],
    });
  });

  it('gives the whole mapping, masked', async () => {
    const { answers } = await search(ofUser({ identifier: 'mary' }, PASSWORDS.mary));
    const verdict = answers[0]?.verdict;
    expect(verdict?.kind === 'importable' && verdict.mappings).toEqual([
      {
        field: 'custom_password_hash',
        value: {
          algorithm: 'md5',
          hash: { value: '*****', encoding: 'hex' },
          salt: { value: '*****', encoding: 'utf8', position: 'suffix' },
        },
        samples: 1,
      },
    ]);
  });

  it('says when there is nothing to find', async () => {
    const results = [
      await search(ofUser({ identifier: 'locked' }, 'Kanari3n')),
      await search(ofUser({ identifier: 'nobody' }, 'Kanari3n')),
    ];
    expect(results.map(brief)).toEqual([
      [{ format: 'locked', samples: 1, verdict: 'no-hash' }],
      [{ format: 'none', samples: 1, verdict: 'no-hash' }],
    ]);
  });

  it.each([
    [
      { identifier: 'gone@example.com' },
      'no legacy user has the e-mail address or username gone@example.com',
      undefined,
    ],
    [
      { identifier: 'shared@example.com' },
      '2 legacy users share shared@example.com',
      'Name one of them by its key: [5], [6].',
    ],
    [{ key: [99] }, 'no legacy user has the key [99]', undefined],
  ])('refuses %j, and repeats no password', async (user, message, help) => {
    const error: unknown = await search(ofUser(user, PASSWORDS.mary)).catch((trouble: unknown) => trouble);
    expect({ error, leaked: secretsIn(JSON.stringify(error)) }).toMatchObject({
      error: { message, data: { kind: 'input-invalid', ...(help === undefined ? {} : { help }) } },
      leaked: [],
    });
  });
});

describe('a search over the test accounts', () => {
  it('gives one answer for each format and accounts for every line', async () => {
    const result = await search({ kind: 'credentials', project });
    expect({
      answers: brief(result),
      accounts: result.accounts,
      leaked: secretsIn(JSON.stringify(result)),
    }).toEqual({
      answers: [
        { ...SALTED, samples: 2, fields: [['custom_password_hash', 2]] },
        {
          format: 'bcrypt-2b',
          samples: 2,
          verdict: 'importable',
          computation: 'bcrypt(password)',
          fields: [
            ['password_hash', 1],
            ['custom_password_hash', 1],
          ],
        },
      ],
      accounts: { known: 7, found: 5, notFound: 1, ambiguous: 1, leftOut: 0 },
      leaked: [],
    });
  });
});

describe('a search over given samples', () => {
  const twice = { password: 'Kanari3n-twice', stored: HASHES.twice };

  it('finds a computation that no import takes, with lines for the script and without the pepper', async () => {
    const result = await search({ kind: 'samples', samples: [twice] }, { pepper: PEPPER });
    const verdict = result.answers[0]?.verdict;
    expect({
      answers: brief(result),
      sketch: verdict?.kind === 'not-importable' && verdict.sketch.includes('crypto.timingSafeEqual'),
      remains: verdict?.kind === 'not-importable' && verdict.remains.length > 0,
      leaked: secretsIn(JSON.stringify(result)),
    }).toEqual({
      answers: [
        {
          format: 'md5',
          samples: 1,
          verdict: 'not-importable',
          computation: expect.stringContaining('md5'),
        },
      ],
      sketch: true,
      remains: true,
      leaked: [],
    });
  });

  it('lets the majority outvote a password that is an old one', async () => {
    const sample = (password: string, of = password) => ({ password, stored: hashSync(of, 4) });
    const samples = [sample('Kanari3n-new', 'Kanari3n-old'), sample('Kanari3n-1'), sample('Kanari3n-2')];
    const { answers } = await search({ kind: 'samples', samples });
    expect(answers).toMatchObject([
      { samples: 2, misfits: ['sample 1'], verdict: { kind: 'importable', computation: 'bcrypt(password)' } },
    ]);
  });

  it('does not choose where as many samples speak against it', async () => {
    const sample = (password: string, of = password) => ({ password, stored: hashSync(of, 4) });
    const samples = [sample('Kanari3n-new', 'Kanari3n-old'), sample('Kanari3n-1')];
    const { answers } = await search({ kind: 'samples', samples });
    expect(answers).toMatchObject([{ samples: 2, misfits: [], verdict: { kind: 'none' } }]);
  });

  it('ends when the time is over', async () => {
    const { answers } = await search({ kind: 'samples', samples: [twice] }, { timeLimitMs: 1_000 });
    expect(answers[0]?.verdict).toEqual({ kind: 'stopped', reason: 'time' });
  });

  it('ends when nobody listens any more', async () => {
    const stop = new AbortController();
    const source: SearchSource = { kind: 'samples', samples: [twice] };
    const stream = await client.passwords.search({ source, timeLimitMs: 3_600_000 }, { signal: stop.signal });
    let events = 0;
    const followed = (async () => {
      for await (const event of stream) {
        events += 1;
        if (event.type === 'searching' && events > 3) stop.abort();
      }
    })();
    await followed.catch((error: unknown) => expect(stop.signal.aborted, String(error)).toBe(true));
    expect(events).toBeGreaterThan(3);
  });
});
