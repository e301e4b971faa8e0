import { describe, expect, it } from 'vitest';
import { endsOf, withEnds } from '#renderer/features/scripts/line-ends.ts';
import { asMark, diagnosticOf, markOf } from '#renderer/features/scripts/marks.ts';
import { profileDifferences } from '#renderer/features/scripts/try/profile-diff.ts';

describe('line ends', () => {
  it('are those of the first line, and go there and back', () => {
    const dos = 'a\r\nb\r\n';
    expect({
      dos: endsOf(dos),
      unix: endsOf('a\nb\r\n'),
      none: endsOf('a'),
      inside: withEnds('a\r\nb\rc\nd', '\n'),
      back: withEnds(withEnds(dos, '\n'), endsOf(dos)),
    }).toEqual({ dos: '\r\n', unix: '\n', none: '\n', inside: 'a\nb\nc\nd', back: dos });
  });
});

describe('marks', () => {
  const text = 'one\n  two  \nthree';
  const finding = (line?: number, column?: number) => ({
    severity: 'warning' as const,
    code: 'a.b',
    message: 'Look',
    place: {
      kind: 'script' as const,
      slot: 'login' as const,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    },
  });

  it('cover the line of a finding from its column to its last letter', () => {
    const mark = (from: number, to: number) => [{ from, to, severity: 'warning', message: 'Look (a.b)' }];
    expect([
      markOf(finding(2, 3), text),
      markOf(finding(3), text),
      markOf(finding(1, 90), text),
      markOf(finding(9), text),
      markOf(finding(), text),
    ]).toEqual([mark(6, 9), mark(12, 17), mark(3, 3), [], []]);
  });

  it('of the type checker are told by line and column in the list', () => {
    const mark = { from: 6, to: 9, severity: 'note', code: 'TS1', message: 'Hm' } as const;
    expect([asMark(mark), diagnosticOf(mark, 'login', text)]).toEqual([
      { from: 6, to: 9, severity: 'info', message: 'Hm (TS1)' },
      {
        severity: 'note',
        code: 'TS1',
        message: 'Hm',
        place: { kind: 'script', slot: 'login', line: 2, column: 3 },
      },
    ]);
  });
});

describe('the profiles of login and get_user', () => {
  it('differ by field, inside of metadata too, and lists count as one value', () => {
    const login = { user_id: '1', email: 'a@b.c', app_metadata: { roles: ['x'], plan: 'gold' } };
    const getUser = {
      user_id: 1,
      email: 'a@b.c',
      app_metadata: { roles: ['x', 'y'], plan: 'gold' },
      name: '',
    };
    expect(profileDifferences(login, getUser)).toEqual([
      { field: 'app_metadata.roles', login: '["x"]', getUser: '["x","y"]' },
      { field: 'name', login: null, getUser: '""' },
      { field: 'user_id', login: '"1"', getUser: '1' },
    ]);
  });
});
