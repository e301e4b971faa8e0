import { writeFile } from 'node:fs/promises';
import type { NewFile } from '#project/new-folder.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';
import { type Credential, credentialsCsv, notingCredentials } from '#sample/credentials.ts';
import { sampleUsers } from '#sample/generate-sample.ts';
import { groundTruth } from '#sample/ground-truth.ts';
import { planSample } from '#sample/sample-plan.ts';
import type { SampleOptions } from '#sample/sample-row.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';

/**
 * The sample's legacy database, its test accounts, and the truth about its planted faults. In this order: the
 * accounts are known once the rows are made.
 */
export function sampleFiles(options: SampleOptions): readonly NewFile[] {
  const plan = planSample(options);
  const credentials: Credential[] = [];
  return [
    {
      path: 'legacy.db',
      mode: 0o644,
      write: (path) => {
        writeSampleSqlite(path, notingCredentials(sampleUsers(plan), credentials));
        return Promise.resolve();
      },
    },
    {
      path: `${PRIVATE_FOLDER}/credentials.csv`,
      mode: 0o600,
      write: (path) => writeFile(path, credentialsCsv(credentials), { flag: 'wx', mode: 0o600 }),
    },
    {
      path: `${PRIVATE_FOLDER}/ground-truth.json`,
      mode: 0o644,
      content: `${JSON.stringify(groundTruth(plan), null, 2)}\n`,
    },
  ];
}
