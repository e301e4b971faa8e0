import { createHash, createHmac, pbkdf2, scrypt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
import { hash as bcryptHash, verify as bcryptVerify } from '@node-rs/bcrypt';
import { createMD4 } from 'hash-wasm';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { createFileIdentifiers } from '#domain/migration/file-identifiers.ts';
import { createImportBatcher } from '#domain/migration/import-batcher.ts';
import { toImportFileJson } from '#domain/migration/import-json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/*
 * The user store: validation, JSON of import files, decisions with the replica, and each of the eleven hash algorithms
 * of imports through the verifier against its library alone, in turns in the same run. Prints Markdown.
 * Run: node --no-node-snapshot bench/store.ts [users]
 */
const users = Number(process.argv[2] ?? 50_000);
const PASSWORD = 'correct horse';
const ROUNDS = 5;

const seconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};
const count = (rate: number): string => Math.round(rate).toLocaleString('en');

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
  const validated = seconds(() => {
    for (const record of records) {
      if (validateImportRecord(record, rules).length > 0) throw new Error('a good record was refused');
    }
  });
  let bytes = 0;
  const written = seconds(() => {
    const batcher = createImportBatcher();
    for (const record of records) {
      const step = batcher.add(toImportFileJson(record));
      if (step.kind === 'added') bytes += step.closed?.bytes ?? 0;
    }
    bytes += batcher.finish()?.bytes ?? 0;
  });
  const imported = seconds(() => importAll(join(folder, 'replica.db'), records));
  removeFolder(folder);
  console.log(`| ${count(users)} records | records/s |\n| --- | --- |`);
  console.log(`| validation against the import schema | ${count(users / validated)} |`);
  console.log(
    `| JSON into files of 500,000 bytes (${(bytes / written / 1e6).toFixed(0)} MB/s) | ${count(users / written)} |`,
  );
  console.log(`| import: look-ups, decision, replica | ${count(users / imported)} |\n`);
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

interface Algorithm {
  readonly object: CustomPasswordHash;
  /** The library alone: the computation and a comparison, no reading of formats. */
  readonly bare: () => Promise<boolean>;
  readonly checks: number;
}

const hex = (value: string): CustomPasswordHash['hash'] => ({ value: new Secret(value), encoding: 'hex' });

async function algorithms(): Promise<Readonly<Record<string, Algorithm>>> {
  const SALT = 'NaCl-of-the-bench';
  const digests = ['md5', 'sha1', 'sha256', 'sha512'] as const;
  const plain = digests.map((algorithm): [string, Algorithm] => {
    const of = () => createHash(algorithm).update(PASSWORD).digest('hex');
    const stored = of();
    return [
      algorithm,
      { object: { algorithm, hash: hex(stored) }, bare: async () => of() === stored, checks: 20_000 },
    ];
  });
  const md4Of = async () => (await createMD4()).init().update(PASSWORD).digest('hex');
  const md4 = await md4Of();
  const mac = () => createHmac('sha256', 'key').update(PASSWORD).digest('hex');
  const stored = mac();
  const ldapOf = () => createHash('sha1').update(PASSWORD).update(SALT).digest('base64');
  const ldap = ldapOf();
  const ldapText = Buffer.concat([Buffer.from(ldap, 'base64'), Buffer.from(SALT)]).toString('base64');
  const derive = promisify(pbkdf2);
  const key = await derive(PASSWORD, SALT, 100_000, 32, 'sha256');
  const phc = (data: Uint8Array | string) =>
    Buffer.from(data as string)
      .toString('base64')
      .replaceAll('=', '');
  const bcrypt = await bcryptHash(PASSWORD, 10);
  const argon2 = await argon2Hash(PASSWORD);
  const scryptOf = promisify<string, string, number, { readonly N: number }, Buffer>(scrypt);
  const scrypted = await scryptOf(PASSWORD, SALT, 64, { N: 16_384 });
  return {
    md4: {
      object: { algorithm: 'md4', hash: hex(md4) },
      bare: async () => (await md4Of()) === md4,
      checks: 5_000,
    },
    ...Object.fromEntries(plain),
    hmac: {
      object: {
        algorithm: 'hmac',
        hash: { ...hex(stored), digest: 'sha256', key: { value: new Secret('key'), encoding: 'utf8' } },
      },
      bare: async () => mac() === stored,
      checks: 20_000,
    },
    ldap: {
      object: { algorithm: 'ldap', hash: { value: new Secret(`{SSHA}${ldapText}`) } },
      bare: async () => ldapOf() === ldap,
      checks: 20_000,
    },
    'pbkdf2 (sha256, 100,000)': {
      object: {
        algorithm: 'pbkdf2',
        hash: { value: new Secret(`$pbkdf2-sha256$i=100000,l=32$${phc(SALT)}$${phc(key)}`) },
      },
      bare: async () => (await derive(PASSWORD, SALT, 100_000, 32, 'sha256')).equals(key),
      checks: 10,
    },
    'scrypt (N 16,384)': {
      object: {
        algorithm: 'scrypt',
        hash: hex(scrypted.toString('hex')),
        salt: { value: new Secret(SALT) },
        keylen: 64,
      },
      bare: async () => (await scryptOf(PASSWORD, SALT, 64, { N: 16_384 })).equals(scrypted),
      checks: 10,
    },
    'bcrypt (cost 10)': {
      object: { algorithm: 'bcrypt', hash: { value: new Secret(bcrypt) } },
      bare: () => bcryptVerify(PASSWORD, bcrypt),
      checks: 10,
    },
    'argon2id (19 MiB)': {
      object: { algorithm: 'argon2', hash: { value: new Secret(argon2) } },
      bare: () => argon2Verify(argon2, PASSWORD),
      checks: 20,
    },
  };
}

async function rateOf(checks: number, check: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < checks; n += 1) if (!(await check())) throw new Error('a right password was refused');
  return checks / ((performance.now() - start) / 1000);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function verifierRates(): Promise<void> {
  const verifier = createPasswordVerifier();
  const password = new Secret(PASSWORD);
  console.log(
    '| algorithm | verifier, checks/s | library alone, checks/s | ratio |\n| --- | --- | --- | --- |',
  );
  for (const [name, { object, bare, checks }] of Object.entries(await algorithms())) {
    const through = async () => (await verifier.verifyCustomHash(password, object)).kind === 'match';
    const ours: number[] = [];
    const library: number[] = [];
    await rateOf(Math.ceil(checks / 10), through);
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await rateOf(checks, through));
      library.push(await rateOf(checks, bare));
    }
    const [mine, alone] = [median(ours), median(library)];
    console.log(`| ${name} | ${count(mine)} | ${count(alone)} | ${(mine / alone).toFixed(2)} |`);
  }
}

console.log(`Node ${process.version}, ${availableParallelism()} processors\n`);
storeRates();
await verifierRates();
