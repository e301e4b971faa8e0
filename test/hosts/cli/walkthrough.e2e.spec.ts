import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '#test/deploy-cli.ts';
import { type ManagementApi, startManagementApi } from '#test/stand-ins/management-api.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const LAUNCHER = fileURLToPath(new URL('../../../bin/userferry.mjs', import.meta.url));
const PAGE = fileURLToPath(new URL('../../../docs/walkthrough.md', import.meta.url));
const VALUES = { LEGACY_URL: 'https://users.example.com', LEGACY_API_KEY: 'key-of-the-test' };
const SCRIPTS = 'database-connections/acme-customers';

interface Step {
  readonly command: string;
  readonly exitCode: number;
}

/** The commands of the page, in order, with the exit codes that it shows. */
function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(/```console\n\$ (.+)\n([\s\S]*?)```/g)].map(([, command, output]) => ({
    command: command!,
    exitCode: Number(/\(exit code (\d+)\)/.exec(output!)?.[1] ?? 0),
  }));
}

const folder = temporaryFolder('walkthrough');
const ids = new Map<string, string>();

function run(command: string): { readonly status: number | null; readonly stdout: string } {
  const [program = '', ...words] = command.split(' ');
  if (program === 'echo') {
    const [, text, path] = /^echo '(.+)' >> (\S+)$/.exec(command)!;
    appendFileSync(join(folder, path!), `${text}\n`);
    return { status: 0, stdout: '' };
  }
  const [file, args] = program === 'userferry' ? [process.execPath, [LAUNCHER, ...words]] : [program, words];
  const { status, stdout } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout };
}

/** The page's trials by kind: their ids there stand for those of this run. */
function asOfThisRun(command: string): string {
  const now = [...ids].reduce((text, [there, here]) => text.replaceAll(there, here), command);
  // How many of the planted users fail is for the sample's own tests to say.
  return now.replace(/--allow \d+/, '--allow 300');
}

function noteTrial(page: string, kind: string, stdout: string): void {
  const id = /trial (\d{8}-\d{6}-[0-9a-f]{4})/;
  const there = new RegExp(`\\$ userferry trial ${kind}[\\s\\S]*?${id.source}`).exec(page)![1]!;
  ids.set(there, id.exec(stdout)![1]!);
}

const page = readFileSync(PAGE, 'utf8');
const steps = stepsOf(page);
let exitCodes: readonly (number | null)[] = [];

beforeAll(() => {
  exitCodes = steps.map(({ command }) => {
    const { status, stdout } = run(asOfThisRun(command));
    const kind = /^userferry trial (lazy|bulk)/.exec(command)?.[1];
    if (kind !== undefined) noteTrial(page, kind, stdout);
    return status;
  });
}, 280_000);

it('goes from init to a proof that holds, and to one that does not, as the page says', () => {
  expect({ enough: steps.length >= 10, exitCodes }).toEqual({
    enough: true,
    exitCodes: steps.map(({ exitCode }) => exitCode),
  });
});

describe('the Auth0 Deploy CLI', () => {
  const exported = (format: string) => {
    const out = `out-${format}`;
    const { status } = run(
      `userferry export -q -p acme -f ${format} -t ${[...ids.values()][0]!} --allow 300 -o ${out}`,
    );
    if (status !== 0) throw new Error(`export to ${format} ended with ${status}`);
    return join(folder, out);
  };
  const projectScript = (slot: string) => readFileSync(join(folder, 'acme', SCRIPTS, `${slot}.js`), 'utf8');
  const filled = (options: Record<string, unknown>) => ({
    // The tool's own addition, which the export warns about.
    disable_self_service_change_password: false,
    ...options,
    configuration: VALUES,
    customScripts: { get_user: projectScript('get_user'), login: projectScript('login') },
  });
  const writes = (api: ManagementApi) =>
    api.requests.filter(({ method }) => method !== 'GET').map(({ method, body }) => ({ method, body }));

  it('plans and creates from the directory format what the project holds', async () => {
    const api = await startManagementApi(folder);
    const input = exported('deploy-directory');
    const { code, output } = await deploy(api, input, VALUES, ['--dry-run', '--apply']);
    await api.close();
    const { options } = JSON.parse(readFileSync(join(input, SCRIPTS, 'database.json'), 'utf8')) as {
      readonly options: Record<string, unknown>;
    };
    expect({
      code,
      planned: /Databases\s*│\s*CREATE\s*│\s*acme-customers/.test(output),
      warnings: output.includes('warn:'),
      unknown: api.requests.filter(({ path }) => !/^\/api\/v2\/(connections|clients|actions)/.test(path)),
      writes: writes(api),
    }).toEqual({
      code: 0,
      planned: true,
      warnings: false,
      unknown: [],
      writes: [
        { method: 'POST', body: { name: 'acme-customers', strategy: 'auth0', options: filled(options) } },
      ],
    });
  });

  it('updates from the YAML format without losing what the tenant has', async () => {
    const before = {
      brute_force_protection: true,
      import_mode: false,
      customScripts: { login: 'old', delete: 'old' },
    };
    const id = 'con_0123456789abcdef';
    const api = await startManagementApi(folder, [
      { id, name: 'acme-customers', strategy: 'auth0', options: before },
    ]);
    const input = join(exported('deploy-yaml'), 'tenant.yaml');
    const { code } = await deploy(api, input, VALUES);
    await api.close();
    const { databases } = load(readFileSync(input, 'utf8')) as {
      readonly databases: readonly { readonly options: Record<string, unknown> }[];
    };
    const options = { brute_force_protection: true, ...filled(databases[0]!.options) };
    expect({ code, writes: writes(api), after: api.connections().map((one) => one.options) }).toEqual({
      code: 0,
      writes: [{ method: 'PATCH', body: { options } }],
      after: [options],
    });
  });

  it('ends the migration with import mode on and nothing of the legacy store left', async () => {
    const options = {
      import_mode: true,
      customScripts: { login: 'old' },
      configuration: { LEGACY_URL: 'x' },
    };
    const api = await startManagementApi(folder, [
      { id: 'con_0123456789abcdef', name: 'acme-customers', strategy: 'auth0', options },
    ]);
    const input = exported('end-of-migration');
    const { code } = await deploy(api, input, {});
    await api.close();
    const generated = (slot: string) => readFileSync(join(input, SCRIPTS, `${slot}.js`), 'utf8');
    expect({ code, options: api.connections()[0]!.options }).toEqual({
      code: 0,
      options: expect.objectContaining({
        enabledDatabaseCustomization: true,
        import_mode: true,
        configuration: {},
        customScripts: { get_user: generated('get_user'), login: generated('login') },
      }),
    });
  });
});

it('writes one JSON document about an export and about a verification', () => {
  const id = [...ids.values()][0]!;
  const made = run(`userferry export --json -p acme -f terraform -t ${id} --allow 300 -o json-out`);
  const verified = run('userferry verify --json json-out');
  const again = run(`userferry export --json -p acme -f terraform -t ${id} --allow 300 -o json-out`);
  const document = (text: string) =>
    JSON.parse(text) as { readonly result?: object; readonly error?: object };
  expect([
    made.status,
    document(made.stdout).result,
    verified.status,
    document(verified.stdout).result,
    again.status,
    document(again.stdout).error,
  ]).toEqual([
    0,
    expect.objectContaining({ written: true, signed: false }),
    0,
    expect.objectContaining({ intact: true, signature: 'unsigned', changes: [] }),
    2,
    expect.objectContaining({ kind: 'input-invalid', help: expect.stringContaining('--force') }),
  ]);
});
