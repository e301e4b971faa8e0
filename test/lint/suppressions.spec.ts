import { describe, expect, it } from 'vitest';
import { scriptLinter } from '#lint/lint-script.ts';
import { lint, script } from '#test/lint.ts';

const places = (body: string) =>
  lint('login', script('login', body)).map(({ code, place }) => [
    code,
    place?.kind === 'script' ? place.line! - 1 : null,
  ]);

describe('comments that silence findings', () => {
  it('work in the same line, in the line above, through several lines, and for the whole file', () => {
    const silent = [
      "callback('no'); // userferry-ignore script.error-is-no-error: our pages know it",
      "// userferry-ignore script.error-is-no-error: our pages know it\ncallback('no');",
      "// userferry-ignore script.error-is-no-error: our pages know it\n// because of the old portal\n\t/* really */\ncallback('no');",
      "/* userferry-ignore script.error-is-no-error,lint.host-in-script: both */ callback('no', { host: 'db.acme.example' });",
      "/* userferry-ignore-file script.error-is-no-error: old pages */\nif (!email) return callback('none');\ncallback('no');",
    ];
    expect(silent.flatMap((body) => places(body))).toEqual([]);
  });

  it('reach no further', () => {
    expect(
      places(
        "// userferry-ignore script.error-is-no-error: one\nif (!email) return callback('none');\ncallback('no');",
      ),
    ).toEqual([['script.error-is-no-error', 3]]);
  });

  it('are findings themselves when they say nothing', () => {
    expect(places('// userferry-ignore lint.error-is-txt, script.sql-built\ncallback(null);')).toEqual([
      ['lint.unknown-suppression', 1],
      ['lint.unused-suppression', 1],
      ['lint.suppression-without-reason', 1],
    ]);
  });

  it('are only comments, not texts', () => {
    expect(places('const note = "// userferry-ignore script.error-is-no-error: x"; callback(note);')).toEqual(
      [['script.error-is-no-error', 1]],
    );
  });
});

describe('the line that a finding shows', () => {
  const shown = (body: string) =>
    scriptLinter
      .lint({
        slot: 'login',
        text: script('login', body),
        withContext: false,
        configurationNames: null,
        requiresUsername: false,
        importMode: true,
        nodeVersion: 22,
      })
      .map(({ diagnostic, source }) => [diagnostic.code, source]);

  it('is the line as it stands', () => {
    expect(shown("\tcallback('no');")).toEqual([['script.error-is-no-error', "\tcallback('no');"]]);
  });

  it('hides texts where one of them is a secret, whatever the finding and even when that one is silenced', () => {
    const dots = (length: number) => '·'.repeat(length);
    expect([
      shown(
        "const c = require('mysql').createConnection({ password: 'hunter-22' });\nc.end();\ncallback(null);",
      ),
      shown(
        "// userferry-ignore lint.secret-in-script: a test account\nconst apiKey = 'k-123456'; callback('no');",
      ),
      shown('const key = `-----BEGIN PRIVATE KEY-----\nabc\n-----END`; callback(key);'),
    ]).toEqual([
      [
        [
          'lint.secret-in-script',
          `const c = require('${dots(5)}').createConnection({ password: '${dots(9)}' });`,
        ],
      ],
      [['script.error-is-no-error', `const apiKey = '${dots(8)}'; callback('${dots(2)}');`]],
      [
        ['lint.secret-in-script', '····· ··· · ··········· ······· ········'],
        ['script.error-is-no-error', '·········· ··············'],
      ],
    ]);
  });
});

it('names configuration that no script reads, unless it cannot know', () => {
  const reads = script('login', 'callback(null, { user_id: configuration.A });');
  const hidden = script('login', 'callback(null, Object.keys(configuration));');
  expect([
    scriptLinter.unusedConfiguration([reads], ['A', 'B']),
    scriptLinter.unusedConfiguration([reads, hidden], ['A', 'B']),
    scriptLinter.unusedConfiguration([reads, 'function ('], ['A', 'B']),
  ]).toEqual([['B'], [], []]);
});
