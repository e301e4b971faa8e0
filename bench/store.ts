import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { createFileIdentifiers } from '#domain/migration/file-identifiers.ts';
import { createImportBatcher } from '#domain/migration/import-batcher.ts';
import { toImportFileJson } from '#domain/migration/import-json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { algorithms } from './common/algorithms.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { figure } from './common/rows.ts';
import { median } from './common/statistics.ts';
import { secondsOfSync } from './common/timing.ts';

/*
 * The user store: validation, JSON of import files, decisions with the replica, and each of the eleven hash algorithms
 * of imports through the verifier against its library alone, in turns in the same run.
 * Run: node --no-node-snapshot bench/store.ts [--users N]
 */
const users = Math.min(usersOf(benchOptions(), 50_000), 200_000);
const PASSWORD = 'correct horse';
const ROUNDS = 5;

function recordOf(n: number): ImportRecord {
  return {
    user_id: `${n}`,
    email: `user-${n}@example.com`,
    email_verified: n % 3 > 0,
    given_name: 'Ada',
    family_name: `Number ${n}`,
    user_metadata: { plan: 'gold', since: 2019 },
    app_metadata: { legacyId: n, roles: ['reader'] },
    custom_password_hash: {
      algorithm: 'sha256',
      hash: { value: new Secret(createHash('sha256').update(`${n}`).digest('hex')), encoding: 'hex' },
      salt: { value: new Secret('pepper'), position: 'prefix' },
    },
  };
}

function storeRates(): void {
  const folder = temporaryFolder('store-bench');
  const records = Array.from({ length: users }, (_, n) => recordOf(n));
  const rules = {
    requiresUsername: false,
    usernameLength: { min: 1, max: 15 },
    assumptions: DEFAULT_ASSUMPTIONS,
  };
  const validated = secondsOfSync(() => {
    for (const record of records) {
      if (validateImportRecord(record, rules).length > 0) throw new Error('a good record was refused');
    }
  });
  let bytes = 0;
  const written = secondsOfSync(() => {
    const batcher = createImportBatcher();
    for (const record of records) {
      const step = batcher.add(toImportFileJson(record));
      if (step.kind === 'added') bytes += step.closed?.bytes ?? 0;
    }
    bytes += batcher.finish()?.bytes ?? 0;
  });
  const imported = secondsOfSync(() => importAll(join(folder, 'replica.db'), records));
  removeFolder(folder);
  figure('validation against the import schema', users / validated, 'records/s', { users });
  figure('JSON into files of 500,000 bytes', users / written, 'records/s', { users });
  console.log(`import files: ${(bytes / written / 1e6).toFixed(0)} MB/s`);
  figure('import, with look-ups, decision and replica', users / imported, 'records/s', { users });
}

function importAll(path: string, records: readonly ImportRecord[]): void {
  const replica = replicaOpener.open(path);
  for (let from = 0; from < records.length; from += 1_000) {
    replica.batch((batch) => {
      const inFile = createFileIdentifiers();
      for (const [index, record] of records.slice(from, from + 1_000).entries()) {
        if (inFile.claim(record) !== null) throw new Error('a record twice in one file');
        const facts = accountFacts(batch, {
          userId: record.user_id ?? null,
          email: record.email ?? null,
          username: null,
          phoneNumber: null,
        });
        const options = { upsert: false, generatedUserId: `made-${from + index}` };
        for (const event of decideImport(record, facts, options, DEFAULT_ASSUMPTIONS).events) {
          batch.apply(event, 0, from + index);
        }
      }
    });
  }
  if (replica.accountCount() !== records.length) throw new Error('not everybody was imported');
  replica.close();
}

async function rateOf(checks: number, check: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < checks; n += 1) if (!(await check())) throw new Error('a right password was refused');
  return checks / ((performance.now() - start) / 1000);
}

async function verifierRates(): Promise<void> {
  const verifier = createPasswordVerifier();
  const password = new Secret(PASSWORD);
  for (const [name, { object, bare, checks }] of Object.entries(await algorithms(PASSWORD))) {
    const through = async () => (await verifier.verifyCustomHash(password, object)).kind === 'match';
    const ours: number[] = [];
    const library: number[] = [];
    await rateOf(Math.ceil(checks / 10), through);
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await rateOf(checks, through));
      library.push(await rateOf(checks, bare));
    }
    figure(`${name} through the verifier`, median(ours), 'checks/s', {
      baseline: { name: 'the library alone', figure: median(library) },
    });
  }
}

storeRates();
await verifierRates();
