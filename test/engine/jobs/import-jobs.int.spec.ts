import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replicaOpener } from '#replica/replica-opener.ts';
import { startEngine } from '#test/engine.ts';
import { changeConnection, changeSettings } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const BCRYPT = '$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K';
const MD5 = '67a1e09bb1f83f5007dc119c14d663aa';
const OTHER_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const engine = startEngine();
let project = '';

beforeAll(async () => {
  project = join(temporaryFolder('jobs'), 'acme');
  await sqliteSampleProject(project, { users: 300 });
});
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

/** Writes a file and sends it. */
async function send(content: unknown, more: object = {}, names = ['users.json']) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const files = names.map((name) => join(project, name));
  for (const file of files) writeFileSync(file, text);
  const result = await engine.client.jobs.import({ project, files, sendCompletionEmail: false, ...more });
  if (engine.bugs.length > 0) throw engine.bugs[0];
  return result;
}

async function sendOne(content: unknown, more: object = {}) {
  const { trial, files } = await send(content, more);
  return { trial, file: files[0]! };
}

function jobOf(file: Awaited<ReturnType<typeof sendOne>>['file']) {
  if (file.kind !== 'job') throw new Error(`refused: ${file.refusal.message}`);
  return file;
}

const refusalOf = (file: Awaited<ReturnType<typeof sendOne>>['file']) =>
  file.kind === 'refused' ? file.refusal : null;

describe('a request that makes no job', () => {
  it.each([
    ['an empty file', '', 400, 'Users file must not be empty.'],
    [
      'too many bytes',
      `[${' '.repeat(512_000)}]`,
      413,
      'Payload content length greater than maximum allowed: 512000.',
    ],
    [
      'a file that leaves no room for the framing',
      `[${' '.repeat(511_990)}]`,
      413,
      'Payload content length greater than maximum allowed: 512000.',
    ],
  ])('%s', async (_what, text, statusCode, message) => {
    expect(refusalOf((await sendOne(text)).file)).toMatchObject({ statusCode, message });
  });

  it('a connection without import mode', async () => {
    changeConnection(project, { import_mode: false });
    try {
      expect(refusalOf((await sendOne([{ email: 'a@example.com' }])).file)).toMatchObject({
        statusCode: 400,
        message: 'Custom Database Connections without import mode are not allowed.',
      });
    } finally {
      changeConnection(project, { import_mode: true });
    }
  });

  it('a third job at once; one after the other there is room', async () => {
    const names = ['1.json', '2.json', '3.json'];
    const records = Array.from({ length: 555 }, (_, index) => ({ email: `user${index}@example.com` }));
    const atOnce = await send(records, { atOnce: true }, names);
    expect(atOnce.files.map((file) => refusalOf(file)?.statusCode ?? 'job')).toEqual(['job', 'job', 429]);
    expect(refusalOf(atOnce.files[2]!)?.message).toBe(
      'There are 2 active import users jobs, please wait until some of them are finished and try again',
    );
    const paced = await send(records, {}, names);
    expect(paced.files.map((file) => [jobOf(file).seconds, jobOf(file).waitedSeconds])).toEqual([
      [10, 0],
      [10, 0],
      [10, 10],
    ]);
  });
});

describe('a job that breaks', () => {
  it.each([
    ['cut off', '[{"email":"a@example.com"', 'The file is not valid JSON'],
    ['with a byte order mark', '\ufeff[]', 'The file is not valid JSON: it starts with a byte order mark'],
    ['one object', '{"email":"a@example.com"}', 'The file is not a JSON array of users'],
    ['nested without end', '['.repeat(200_000), 'The file nests values deeper than 500 levels'],
  ])('on a file that is %s', async (_what, text, details) => {
    const { trial, file } = await sendOne(text);
    const { job } = jobOf(file);
    expect(job).toMatchObject({ status: 'failed', status_details: details });
    expect(job.summary).toBeUndefined();
    expect(await engine.client.jobs.errors({ project, trial, job: job.id })).toEqual({
      status: 204,
      body: null,
    });
    const report = await engine.client.trials.report({ project, trial });
    expect(report).toMatchObject({ verdict: 'findings', jobs: { jobs: 1, folder: 'jobs' } });
  });

  it('after two hours, with what it took until then', async () => {
    changeSettings(project, { assumptions: { 'import-rate': 'free-tier' } });
    try {
      const records = Array.from({ length: 45_000 }, (_, index) => ({ email: `${index}@a.io` }));
      const sent = await sendOne(
        `[${records
          .map(({ email }) => `{"email":"${email}"}`)
          .slice(0, 20_000)
          .join()}]`,
      );
      expect(jobOf(sent.file)).toMatchObject({ job: { status: 'completed' }, seconds: 3_636.364 });
      const long = await sendOne(`[${Array.from({ length: 45_000 }, () => '{}').join()}]`);
      expect(jobOf(long.file)).toMatchObject({
        job: { status: 'failed', status_details: 'The job took longer than two hours' },
        seconds: 7_200,
      });
      expect(jobOf(long.file).findings[0]).toMatchObject({
        code: 'import.job-timed-out',
        detail: '39600 of 45000 records were taken',
      });
    } finally {
      changeSettings(project, { assumptions: {} });
    }
  });
});

describe('a job with good and bad records', () => {
  const RECORDS = [
    { email: 'Anna@Example.com', user_id: 'auth0|1', username: 'anna', password_hash: BCRYPT },
    { email: 'anna@example.com' },
    { email: 'nobody', password: 'in clear text' },
    { email: 'bo@example.com', password_hash: '$2y$12$abc' },
    { email: 'cy@example.com', custom_password_hash: { algorithm: 'md5', hash: { value: 'ABCDEF' } } },
    'not a user',
    { email: 'di@example.com', mfa_factors: [{ totp: { secret: 'JBSWY3DPEHPK3PXP' } }], blocked: 'yes' },
    { email: 'ed@example.com', phone_number: '+4930123456' },
    { email: 'fay@example.com', phone_number: '+4930123456', user_metadata: { pin: '1234' } },
  ];
  let sent: Awaited<ReturnType<typeof sendOne>>;

  beforeAll(async () => {
    sent = await sendOne(RECORDS, { externalId: 'wave-1', sendCompletionEmail: true });
  });

  it('is completed, shaped and summed up as the tenant does', () => {
    const { job } = jobOf(sent.file);
    expect(job).toEqual({
      id: expect.stringMatching(/^job_[A-Za-z0-9]{16}$/) as string,
      type: 'users_import',
      status: 'completed',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      connection_id: expect.stringMatching(/^con_[A-Za-z0-9]{16}$/) as string,
      connection: 'acme-customers',
      upsert: false,
      external_id: 'wave-1',
      send_completion_email: true,
      percentage_done: 100,
      time_left_seconds: 0,
      summary: { failed: 7, updated: 0, inserted: 2, total: 9 },
    });
  });

  it('reports every refused record with codes, internal paths and masked secrets', async () => {
    const { job } = jobOf(sent.file);
    const { body } = await engine.client.jobs.errors({ project, trial: sent.trial, job: job.id });
    expect(body).toEqual([
      {
        user: { email: 'anna@example.com' },
        errors: [{ code: 'DUPLICATED_USER', message: 'A user with this email was already provided.' }],
      },
      {
        user: { email: 'nobody', password: '*****' },
        errors: [
          {
            code: 'INVALID_FORMAT',
            message:
              "Error in identities[0].profileData.email property - Object didn't pass validation for format email: nobody",
            path: 'identities[0].profileData.email',
          },
          { code: 'OBJECT_ADDITIONAL_PROPERTIES', message: 'Additional properties not allowed: password' },
        ],
      },
      {
        user: { email: 'bo@example.com', password_hash: '*****' },
        errors: [
          {
            code: 'PATTERN',
            message:
              'Error in passwordHash property - String does not match pattern ^\\$2[ab]?\\$10+\\$[./A-Za-z0-9]{53}$: *****',
            path: 'passwordHash',
          },
        ],
      },
      {
        user: {
          email: 'cy@example.com',
          custom_password_hash: { algorithm: 'md5', hash: { value: '*****' } },
        },
        errors: [
          {
            code: 'NOT_PASSED',
            message: 'Error in customPasswordHash property - hash.encoding must be hex or base64 for md5',
            path: 'customPasswordHash',
          },
        ],
      },
      { user: {}, errors: [{ code: 'INVALID_TYPE', message: 'Expected type object but found type string' }] },
      {
        user: { email: 'di@example.com', blocked: 'yes', mfa_factors: [{ totp: { secret: '*****' } }] },
        errors: [
          {
            code: 'INVALID_TYPE',
            message: 'Error in blocked property - Expected type boolean but found type string',
            path: 'blocked',
          },
        ],
      },
      {
        user: { email: 'fay@example.com', phone_number: '+4930123456', user_metadata: { pin: '*****' } },
        errors: [{ code: 'CONFLICT', message: 'The user already exists' }],
      },
    ]);
  });

  it('is listed and shown for ever, with a copy of its file and what its records showed', async () => {
    const { job } = jobOf(sent.file);
    const [listed] = await engine.client.jobs.list({ project, trial: sent.trial });
    expect(await engine.client.jobs.show({ project, trial: sent.trial, job: job.id })).toEqual(listed);
    expect(JSON.parse(readFileSync(join(project, 'trials', sent.trial, listed!.file), 'utf8'))).toEqual(
      RECORDS,
    );
    expect(listed!.findings.map(({ code, users, index }) => [code, users, index])).toEqual([
      ['import.sends-completion-mail', 0, null],
      ['import.user-id-double-prefix', 1, 0],
      ['import.duplicate-in-file', 1, 1],
      ['import.email-invalid', 1, 2],
      ['import.unknown-property', 1, 2],
      ['import.password-hash-invalid', 1, 3],
      ['password.object-invalid', 1, 4],
      ['import.invalid-type', 2, 5],
      ['import.conflict', 1, 8],
    ]);
  });

  it('leaves the accounts and the log of a tenant', () => {
    const replica = replicaOpener.openReadOnly(join(project, 'trials', sent.trial, 'replica.db'));
    try {
      const anna = replica.byEmail('ANNA@example.com');
      expect({
        anna: [anna?.userId, anna?.email, anna?.username, anna?.state, anna?.credential.kind],
        ed: replica.byEmail('ed@example.com')?.state,
        log: replica.tenantLogCounts(),
      }).toEqual({
        anna: ['auth0|1', 'anna@example.com', 'anna', 'imported-hash-pending', 'imported-bcrypt'],
        ed: 'imported-random-password',
        log: [
          { log: 'sapi', count: 1 },
          { log: 'sui', count: 1 },
        ],
      });
    } finally {
      replica.close();
    }
  });

  it('gives its refused records back, to be mended and imported again', async () => {
    const { job } = jobOf(sent.file);
    const { trial } = sent;
    const rejects = await engine.client.jobs.rejects({ project, trial, job: job.id });
    expect(rejects.records).toBe(7);
    const refused = JSON.parse(rejects.files[0]!.text) as Record<string, unknown>[];
    expect(refused).toEqual(RECORDS.filter((_, index) => index !== 0 && index !== 7));
    const mended = refused.slice(2, 4).map((user) => ({
      ...user,
      ...(user['password_hash'] === undefined
        ? { custom_password_hash: { algorithm: 'md5', hash: { value: MD5, encoding: 'hex' } } }
        : { password_hash: BCRYPT }),
    }));
    const again = jobOf((await sendOne(mended, { trial })).file);
    expect(again.job.summary).toEqual({ failed: 0, updated: 0, inserted: 2, total: 2 });
    const twice = jobOf((await sendOne(mended, { trial })).file);
    expect(twice.job.summary).toEqual({ failed: 2, updated: 0, inserted: 0, total: 2 });
    expect((await engine.client.jobs.list({ project, trial })).map((one) => one.job.id)).toEqual([
      job.id,
      again.job.id,
      twice.job.id,
    ]);
  });

  it('can be logged in from', async () => {
    const { trial } = sent;
    const request = {
      project,
      trial,
      name: 'login',
      identifier: 'anna@example.com',
      password: 'hello',
    } as const;
    const { steps } = await engine.client.flows.run(request);
    expect(steps[0]).toMatchObject({
      outcome: { status: 'ok' },
      before: { state: 'imported-hash-pending', userId: 'auth0|1' },
      after: { state: 'migrated', credential: 'tenant-bcrypt' },
      log: [{ type: 's', userId: 'auth0|auth0|1' }],
    });
  });
});

describe('with upsert', () => {
  it('records that match by e-mail replace what may be replaced, and say what is not applied', async () => {
    const first = await sendOne([
      {
        email: 'gil@example.com',
        user_id: 'g',
        given_name: 'Gil',
        user_metadata: { theme: 'dark', size: 4 },
        custom_password_hash: { algorithm: 'md5', hash: { value: MD5, encoding: 'hex' } },
      },
      { email: 'hal@example.com', user_id: 'h' },
    ]);
    const { trial } = first;
    const second = jobOf(
      (
        await sendOne(
          [
            {
              email: 'GIL@example.com',
              user_id: 'other',
              username: 'gil',
              blocked: true,
              given_name: 'Gilbert',
              user_metadata: { size: 5 },
              custom_password_hash: { algorithm: 'md5', hash: { value: OTHER_MD5, encoding: 'hex' } },
            },
            {
              email: 'hal@example.com',
              custom_password_hash: { algorithm: 'md5', hash: { value: OTHER_MD5, encoding: 'hex' } },
            },
            { email: 'ida@example.com' },
          ],
          { trial, upsert: true },
        )
      ).file,
    );
    expect(second.job).toMatchObject({
      upsert: true,
      summary: { failed: 1, updated: 1, inserted: 1, total: 3 },
    });
    const { body } = await engine.client.jobs.errors({ project, trial, job: second.job.id });
    expect(body?.map(({ errors }) => errors[0]!.message)).toEqual([
      'A custom_password_hash was provided, but the user already has password hash defined',
    ]);
    expect(second.findings.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
      'import.not-applied-on-upsert: username, blocked, user_id',
      'import.metadata-replaced: user_metadata.theme',
      'import.hash-already-set: NOT_PASSED',
    ]);
    const replica = replicaOpener.openReadOnly(join(project, 'trials', trial, 'replica.db'));
    try {
      const gil = replica.byEmail('gil@example.com');
      expect(gil).toMatchObject({
        userId: 'g',
        username: null,
        blocked: false,
        givenName: 'Gilbert',
        userMetadata: { size: 5 },
      });
    } finally {
      replica.close();
    }
  });
});

it('a file that is not there, an unknown job and an unfinished trial are faults, not jobs', async () => {
  const missing = engine.client.jobs.import({ project, files: [join(project, 'no-such-file.json')] });
  await expect(missing).rejects.toMatchObject({ data: { kind: 'input-invalid' } });
  const { trial } = await sendOne([]);
  const unknown = engine.client.jobs.show({ project, trial, job: 'job_0' });
  await expect(unknown).rejects.toMatchObject({ message: `trial ${trial} has no job job_0` });
  const nowhere = engine.client.jobs.list({ project, trial: 'no-such-trial' });
  await expect(nowhere).rejects.toMatchObject({ data: { kind: 'trial-missing' } });
});
