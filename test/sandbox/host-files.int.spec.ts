import { type AddressInfo, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// `LOAD DATA LOCAL`: a MySQL server may ask its client for a file. A server that a script talks to must never get one of
// the engineer's, whether it answers a statement that asked for it or simply any other.

const FILE = '/etc/passwd';
const STATEMENT = `LOAD DATA LOCAL INFILE '${FILE}' INTO TABLE file_lines (line)`;

const script = (
  driver: string,
  options: string,
  query: string,
): string => `function login(user, password, callback) {
  const connection = require('${driver}').createConnection(${options});
  connection.query(${query}, (error, rows) => {
    connection.destroy();
    callback(null, error ? { refused: error.message } : { rows });
  });
  connection.on('error', (error) => callback(null, { refused: error.message })); }`;

/** The ways in which a script can hand the driver a file. */
const QUERIES = {
  mysql2: JSON.stringify(STATEMENT),
  'mysql2 with a stream of fs': `{ sql: ${JSON.stringify(STATEMENT)}, infileStreamFactory: (path) => require('fs').createReadStream(path) }`,
  mysql: JSON.stringify(STATEMENT),
} as const;

describeWith('MariaDB that takes local files', mariadbMissing(), () => {
  let server: DatabaseServer;
  let sandbox: Sandbox;
  let options: string;

  beforeAll(async () => {
    server = await startMariadb();
    await server.query('SET GLOBAL local_infile = 1');
    await server.query('CREATE TABLE file_lines (line varchar(1000))');
    const { host, port, user, password, database } = server;
    options = JSON.stringify({ host, port, user, password, database });
    sandbox = await startSandbox({ egress: [{ host, port, because: 'test' }] });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.remove();
  });

  it.each(Object.entries(QUERIES))('%s loads nothing', async (name, query) => {
    const driver = name.split(' ')[0]!;
    const withFlag = options.replace('}', ', "flags": ["+LOCAL_FILES"]}');
    const run = await sandbox.run(script(driver, withFlag, query));
    const loaded = await server.query('SELECT count(*) AS found FROM file_lines');
    expect([JSON.stringify(run.value), JSON.stringify(loaded)]).toEqual([
      expect.not.stringContaining('affectedRows":1'),
      expect.stringMatching(/"?found"?:"?0/),
    ]);
  });

  it('data that the script itself has may be loaded', async () => {
    const query = `{ sql: ${JSON.stringify(STATEMENT)}, infileStreamFactory: () => require('stream').Readable.from([Buffer.from('own line\\n')]) }`;
    const run = await sandbox.run(
      script('mysql2', options.replace('}', ', "flags": ["+LOCAL_FILES"]}'), query),
    );
    const loaded = JSON.stringify(await server.query('SELECT line FROM file_lines'));
    await server.query('DELETE FROM file_lines');
    expect([run.ending, loaded]).toEqual(['called-back', expect.stringContaining('own line')]);
  });
});

describe('a server that asks for a file whatever the statement', () => {
  let sandbox: Sandbox;
  let port: number;
  const received: Buffer[] = [];
  const packet = (sequence: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUIntLE(body.length, 0, 3);
    head[3] = sequence;
    return Buffer.concat([head, body]);
  };
  const GREETING = Buffer.concat([
    Buffer.from([10]),
    Buffer.from('8.0.36\0'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('saltsalt\0'),
    // Capabilities: protocol 4.1, secure connection, plugin names, local files.
    Buffer.from([0x80 | 0x01, 0x82, 45, 2, 0, 0x08, 0, 21]),
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0'),
    Buffer.from('mysql_native_password\0'),
  ]);
  const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
  const ASK = Buffer.concat([Buffer.from([0xfb]), Buffer.from(FILE)]);

  const server = createServer((socket: Socket) => {
    let greeted = false;
    socket.on('error', () => undefined);
    socket.write(packet(0, GREETING));
    socket.on('data', (data: Buffer) => {
      if (!greeted) {
        greeted = true;
        socket.write(packet(2, OK));
        return;
      }
      received.push(data);
      if (data[4] === 3) socket.write(packet(1, ASK));
      else if (data.length <= 4 || data.readUIntLE(0, 3) === 0) socket.write(packet(data[3]! + 1, OK));
    });
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    sandbox = await startSandbox({ egress: [{ host: '127.0.0.1', port, because: 'test' }] });
  });
  afterAll(async () => {
    await sandbox.close();
    server.close();
  });

  it.each([
    ['mysql2', "'SELECT 1'"],
    ['mysql2', "{ sql: 'SELECT 1', infileStreamFactory: (path) => require('fs').createReadStream(path) }"],
    ['mysql', "'SELECT 1'"],
  ])('%s with %s sends none', async (driver, query) => {
    received.length = 0;
    const options = JSON.stringify({
      host: '127.0.0.1',
      port,
      user: 'u',
      password: 'p',
      flags: ['+LOCAL_FILES'],
    });
    const run = await sandbox.run(script(driver, options, query), { timeLimitMs: 5000 });
    const text = Buffer.concat(received).toString('latin1');
    expect([text.includes('SELECT 1'), /root:|\/bin\//.test(text), JSON.stringify(run.value)]).toEqual([
      true,
      false,
      expect.not.stringContaining('root:'),
    ]);
  });
});
