import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExportRequest } from '#contract/exports.ts';
import { startEngine } from '#test/engine.ts';
import { DATABASE, LOGIN, projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const root = temporaryFolder('markers');
let outs = 0;
afterAll(() => engine.close());

function create(project: string, format: ExportRequest['format'], change: Partial<ExportRequest> = {}) {
  const out = join(root, `out-${(outs += 1)}`);
  return engine.client.exports.create({ project, format, out, allowUnvalidated: true, ...change });
}

const about = (result: Awaited<ReturnType<typeof create>>, prefix: string) =>
  result.diagnostics
    .filter(({ code }) => code.startsWith(prefix))
    .map(({ severity, code, message, place }) => [`${severity} ${code}`, message, place]);

describe('markers of the deploy tool inside scripts', () => {
  const line = { kind: 'script', slot: 'login', line: 2 };

  it('are refused where they came in by accident, for the tool would fill them', async () => {
    const project = projectFolder({
      'connection/login.js': `// first\n// ##USERFERRY_NO_SUCH_NAME##\n${LOGIN}`,
    });
    const deploy = await create(project, 'deploy-directory');
    const terraform = await create(project, 'terraform');
    expect([
      deploy.written,
      about(deploy, 'export.marker'),
      terraform.written,
      about(terraform, 'export.marker'),
    ]).toEqual([
      false,
      [
        [
          'error export.marker-in-script',
          'The login script has a marker for USERFERRY_NO_SUCH_NAME in line 2.',
          line,
        ],
      ],
      true,
      [],
    ]);
  });

  it('are warned about where they are meant, and refused where nobody fills them', async () => {
    const project = projectFolder({
      'connection/login.js': `// first\nconst key = @@API_KEY@@;\n${LOGIN}`,
      '.userferry/secrets.json': { API_KEY: 'canary-4711' },
    });
    const deploy = await create(project, 'deploy-yaml');
    const api = await create(project, 'management-api');
    const message = 'The login script has a marker for API_KEY in line 2.';
    expect([
      deploy.written,
      about(deploy, 'export.marker'),
      api.written,
      about(api, 'export.marker'),
    ]).toEqual([
      true,
      [['warning export.marker-deliberate', message, line]],
      false,
      [['error export.marker-not-filled', message, line]],
    ]);
  });
});

describe('secrets', () => {
  it.each(['deploy-directory', 'deploy-yaml', 'terraform', 'management-api', 'end-of-migration'] as const)(
    'are in no file of format %s',
    async (format) => {
      const project = projectFolder({
        'connection/database.json': {
          ...DATABASE,
          options: {
            ...DATABASE.options,
            enable_script_context: true,
            configuration: {
              DB_PASSWORD: '##DB_PASSWORD##',
              DB_HOST: 'canary-host.example.com',
              KEY: '@@API_KEY@@',
            },
          },
        },
        '.userferry/secrets.json': { DB_PASSWORD: 'canary-4711', API_KEY: 'canary-4712' },
      });
      const { folder, written, diagnostics } = await create(project, format);
      const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expect({
        written,
        files: texts.length > 2 || format === 'management-api',
        canaries: [...texts, JSON.stringify(diagnostics)].filter((text) => text.includes('canary')),
        context: diagnostics.some(({ code }) => code === 'export.script-context'),
      }).toEqual({ written: true, files: true, canaries: [], context: true });
    },
  );
});

it('warns about a change_email script, which the dashboard deletes', async () => {
  const project = projectFolder({
    'connection/database.json': {
      ...DATABASE,
      options: {
        ...DATABASE.options,
        customScripts: { ...DATABASE.options.customScripts, change_email: './change_email.js' },
      },
    },
    'connection/change_email.js':
      'function changeEmail(email, newEmail, verified, callback) { callback(null, true); }\n',
  });
  const result = await create(project, 'deploy-directory');
  expect(about(result, 'export.change-email')).toEqual([
    [
      'warning export.change-email-lost',
      'Connection "acme-users" has a change_email script, which the dashboard deletes when it saves.',
      { kind: 'script', slot: 'change_email' },
    ],
  ]);
});

it('exports no project with errors, but needs no value of a secret', async () => {
  const broken = projectFolder({ 'connection/login.js': null });
  const configuration = { DB_PASSWORD: '##USERFERRY_NOT_SET##' };
  const unset = projectFolder({
    'connection/database.json': { ...DATABASE, options: { ...DATABASE.options, configuration } },
  });
  await expect(create(broken, 'terraform')).rejects.toMatchObject({ data: { kind: 'project-invalid' } });
  expect((await create(unset, 'deploy-directory')).proof!.placeholders).toEqual(['USERFERRY_NOT_SET']);
});
