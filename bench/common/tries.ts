import { startEngine } from '#test/engine.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';
import { figure } from './rows.ts';
import { peopleOf } from './sample-projects.ts';
import { median } from './statistics.ts';
import { msOf } from './timing.ts';

const USERS = 300;
const TRIES = 12;

/** One user through `get_user`: in an engine that is open, and from the start of the command. */
export async function measureTries(database: DatabaseServer): Promise<void> {
  const folder = temporaryFolder('tries-bench');
  const engine = startEngine();
  try {
    const project = await serverSampleProject(folder, 'postgresql', database, { users: USERS });
    const identifier = [...peopleOf('sound', USERS)][0]!.row.email!;
    const tries: number[] = [];
    for (let run = 0; run < TRIES; run += 1) {
      tries.push(await msOf(() => tryOnce(engine.client, project, identifier)));
    }
    const [first = Number.NaN, ...warm] = tries;
    figure('try of one script, warm', median(warm), 'ms', {
      better: 'less',
      baseline: { name: 'the first in this engine', figure: first },
      goal: { most: 150 },
    });
    const command = await msOf(async () => {
      const { code, stderr } = await userferry(['try', 'get_user', identifier, '--project', project]);
      if (code !== 0) throw new Error(`userferry try ended with ${code}: ${stderr}`);
    });
    figure('userferry try, from the start of the command', command, 'ms', { better: 'less' });
  } finally {
    await engine.close();
    removeFolder(folder);
  }
}

async function tryOnce(
  client: ReturnType<typeof startEngine>['client'],
  project: string,
  identifier: string,
): Promise<void> {
  const { attempts } = await client.scripts.try({ project, slot: 'get_user', identifier });
  if (attempts[0]?.ending !== 'called-back') throw new Error(`try: ${attempts[0]?.ending}`);
}
