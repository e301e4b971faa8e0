import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests, trialIds } from '#test/trial-contents.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

cleanAfterwards();

const USERS = 2_500;
const STEADY = "legacy_uuid IS NOT NULL AND status <> 'review'";

const ENGINES = [
  { engine: 'postgresql', missing: postgresqlMissing, start: startPostgresql },
  { engine: 'mysql', missing: mariadbMissing, start: startMariadb },
] as const;

for (const { engine, missing, start } of ENGINES) {
  describeWith(`a legacy database that goes away (${engine})`, missing(), () => {
    let server: DatabaseServer;
    let project = '';
    let undisturbed: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      server = await start();
      project = join(temporaryFolder('outage'), 'acme');
      await serverSampleProject(project, engine, server, { users: USERS });
      const { code, stderr } = await userferry(args());
      expect(code, stderr).toBe(1);
      undisturbed = trialDigests(project, trialIds(project)[0]!);
    }, 180_000);
    afterAll(async () => {
      await server.remove();
      removeFolder(project);
    });

    const args = (...more: string[]): string[] => {
      const common = ['trial', 'lazy', '--project', project, '--yes', '--no-input', '--where', STEADY];
      return [...common, '--progress', 'json', ...more];
    };
    const statusOf = (trial: string): { status: string; fault: { kind: string } | null } =>
      JSON.parse(readFileSync(join(project, 'trials', trial, 'trial.json'), 'utf8'));
    /** Waits until the run has committed something and still has something to do. */
    const untilUnderWay = async (child: ReturnType<typeof startUserferry>['child']): Promise<void> => {
      let text = '';
      await new Promise<void>((resolve) => {
        child.stderr!.on('data', (chunk: string) => {
          text += chunk;
          if (/"done":[1-9]/.test(text)) resolve();
        });
        child.once('close', () => resolve());
      });
    };

    it.each(['orderly', 'crash'] as const)(
      'is waited for after an %s end, and nobody is lost or counted twice',
      async (how) => {
        const before = new Set(trialIds(project));
        const { child, finished } = startUserferry(args());
        await untilUnderWay(child);
        await server.stop(how);
        await sleep(2_500);
        await server.start();
        const { code, stderr } = await finished;
        expect(code, stderr).toBe(1);
        expect(stderr).toContain('"status":"paused"');
        const trial = trialIds(project).find((id) => !before.has(id))!;
        expect(trialDigests(project, trial)).toEqual(undisturbed);
        noteFault(`server restarted, ${how} (${engine})`, 'lazy trial', 'equal');
      },
    );

    it('ends the trial as resumable with a clear fault when it stays away', async () => {
      const before = new Set(trialIds(project));
      const { child, finished } = startUserferry(args('--retry-for', '2'));
      await untilUnderWay(child);
      await server.stop('crash');
      const { code, stdout } = await finished;
      const trial = trialIds(project).find((id) => !before.has(id))!;
      expect({ code, ...statusOf(trial) }).toMatchObject({
        code: 2,
        status: 'interrupted',
        fault: { kind: 'legacy-unreachable' },
      });
      expect(stdout).not.toContain('at Object.');
      await server.start();
      const resumed = await userferry([
        'trial',
        'resume',
        trial,
        '--project',
        project,
        '--yes',
        '--no-input',
      ]);
      expect(resumed.code, resumed.stderr).toBe(1);
      expect(trialDigests(project, trial)).toEqual(undisturbed);
      noteFault(`server away for good (${engine})`, 'lazy trial, resumed later', 'equal');
    });
  });
}
