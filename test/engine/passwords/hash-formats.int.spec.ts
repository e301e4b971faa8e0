import { expect, it } from 'vitest';
import type { FormatsResult } from '#contract/passwords.ts';
import { engineClient, resultOf } from '#test/engine-client.ts';
import { hashProject, secretsIn } from '#test/hash-project.ts';
import { projectFolder } from '#test/project-folder.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const client = engineClient();
const formats = (project: string) => resultOf<FormatsResult>(client.passwords.formats({ project }));

it('says for every format what the target will do', async () => {
  const result = await formats(hashProject());
  expect({
    users: result.users,
    routes: result.routes,
    formats: result.formats.map(({ format, users, targets }) => [
      format,
      users,
      ...targets.map((target) => target.route),
    ]),
    leaked: secretsIn(JSON.stringify(result)),
  }).toEqual({
    users: 8,
    routes: { passwordHash: 1, custom: 5, lazyOnly: 0, resetOnly: 2 },
    formats: [
      ['md5-salted', 4, 'custom'],
      ['bcrypt-2b', 2, 'password-hash', 'custom'],
      ['locked', 1, 'reset-only'],
      ['none', 1, 'reset-only'],
    ],
    leaked: [],
  });
});

it('counts every user of a big store once, over many pages', async () => {
  const project = await sqliteSampleProject(temporaryFolder('formats'), { users: 5_000 });
  const { users, unreadable, withoutId, formats: groups, routes } = await formats(project);
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
  expect({
    users,
    inFormats: sum(groups.map((group) => group.users)) + unreadable + withoutId,
    inRoutes: sum(Object.values(routes)) + unreadable + withoutId,
    sure: groups.every(({ users: all, confidence }) => sum(Object.values(confidence)) === all),
    parameters: groups.every((group) => sum(group.parameters.map((one) => one.users)) === group.users),
    many: groups.length > 8,
  }).toEqual({ users: 5_000, inFormats: 5_000, inRoutes: 5_000, sure: true, parameters: true, many: true });
});

it('needs a column that holds hashes', async () => {
  const error: unknown = await formats(projectFolder()).catch((trouble: unknown) => trouble);
  expect(error).toMatchObject({
    message: expect.stringContaining('passwordHash'),
    data: { kind: 'project-invalid', where: 'fields.passwordHash in userferry.json' },
  });
});
