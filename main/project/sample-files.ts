import { writeFile } from 'node:fs/promises';
import type { NewFile } from '#project/new-folder.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';
import { SAMPLE_ACCESS_LOG } from '#project/starter-settings.ts';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { type Credential, credentialsCsv, notingCredentials } from '#sample/credentials.ts';
import { sampleUsers } from '#sample/generate-sample.ts';
import { groundTruth } from '#sample/ground-truth.ts';
import { planSample } from '#sample/sample-plan.ts';
import type { SampleOptions } from '#sample/sample-row.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';

/** The log reaches back so far that a forecast of a usual lazy phase can be tested on its past. */
const LOG_DAYS = 365;

/**
 * The sample's legacy database, a log of its logins, its test accounts, and the truth about its planted faults. The
 * accounts after the database: they are known once its rows are made.
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
      path: SAMPLE_ACCESS_LOG,
      mode: 0o644,
      write: (path) => {
        const { seed, now } = options;
        return writeSampleAccessLog(path, sampleAccessLog(sampleUsers(plan), { seed, now, days: LOG_DAYS }));
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
