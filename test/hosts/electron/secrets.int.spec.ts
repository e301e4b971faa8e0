import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, expect, it, vi } from 'vitest';
import type { Contract } from '#contract/api.ts';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { checkoutEngine } from '#hosts/electron/engine-place.ts';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';
import { readSecrets } from '#project/secrets.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import type * as Fake from './fake-electron.ts';
import { type Page, runShell } from './shell-run.ts';

const place = checkoutEngine(
  fileURLToPath(new URL('../../../', import.meta.url)),
  `${process.platform}-${process.arch}`,
);
let page: Page;
afterEach(async () => {
  page.fake.app.emit('will-quit', { preventDefault: () => undefined });
  await vi.waitFor(() => expect(page.fake.seen.exits).toEqual([0]), 20_000);
});

async function desktop(before: (system: typeof Fake.system) => void = () => undefined) {
  page = await runShell({
    before: ({ app, system }) => {
      app.userData = temporaryFolder('user-data');
      before(system);
    },
    startEngine: (onEnd, vault) => superviseEngine({ ...place, onEnd, vault }),
  });
  const answer = await page.ask(CHANNELS.connectEngine, 1);
  if (!answer.ok) throw new Error(answer.reason);
  const port = page.posted[0]![2];
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port }));
  port.start();
  const project = await sqliteSampleProject(join(temporaryFolder('sealed'), 'acme'), { users: 300 });
  const file = join(project, '.userferry', 'secrets.json');
  return { client, project, file, kept: () => JSON.parse(readFileSync(file, 'utf8')) as unknown };
}

const VALUE = 'correct horse';
const SEALED = `sealed:${Buffer.from(VALUE.split('').toReversed().join('')).toString('base64')}`;
const stateOf = (list: { readonly secrets: readonly { readonly name: string; readonly from: unknown }[] }) =>
  list.secrets.filter(({ name }) => name === 'TOKEN').map(({ from }) => from);

it('are sealed by the shell on their way into the project, and opened on their way to a script', async () => {
  const { client, project, kept } = await desktop();
  const list = await client.secrets.keep({ project, name: 'TOKEN', value: VALUE });
  const elsewhere = await readSecrets(project, {});
  expect({
    kept: kept(),
    from: stateOf(list),
    elsewhere: elsewhere.get('TOKEN'),
    problems: elsewhere.problems.map(({ code }) => code),
  }).toEqual({
    kept: expect.objectContaining({ TOKEN: SEALED }) as unknown,
    from: ['file'],
    elsewhere: null,
    problems: ['project.secret-sealed'],
  });
});

it('are written anew when the system changed its key', async () => {
  const { client, project, file, kept } = await desktop((system) => void (system.vault.rotated = true));
  // Another spelling of the same, as an older key would have made one.
  const older = SEALED.slice(0, -1);
  writeFileSync(file, JSON.stringify({ TOKEN: older }), { mode: 0o600 });
  await client.secrets.list({ project });
  expect(kept()).toEqual({ TOKEN: SEALED });
});

it('are refused where nothing protects them and the person does not agree; kept as they are where they do', async () => {
  const { client, project, kept, file } = await desktop(
    (system) => void (system.vault.backend = 'basic_text'),
  );
  writeFileSync(file, '{}', { mode: 0o600 });
  const refused = await client.secrets
    .keep({ project, name: 'TOKEN', value: VALUE })
    .catch((error: Error) => error.message);
  const before = kept();
  page.fake.system.button = 1;
  await client.secrets.keep({ project, name: 'TOKEN', value: VALUE });
  expect({ refused, before, after: kept(), asked: page.fake.seen.questions.length }).toEqual({
    refused: 'TOKEN was not kept: nothing on this machine would protect it',
    before: {},
    after: { TOKEN: VALUE },
    asked: 2,
  });
});
