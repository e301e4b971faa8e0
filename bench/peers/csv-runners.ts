import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalServer } from './local-server.ts';
import { fileOf, type Peer, type PeerFigure, type PeerSurroundings, startPeer } from './peer.ts';

/** A CSV of users, and one login call with one test for each row, against a server that says yes. */
async function overCsv(
  surroundings: PeerSurroundings,
  work: string,
  users: number,
  start: (csv: string, url: string) => { readonly file: string; readonly args: readonly string[] },
): Promise<PeerFigure> {
  const server = await startLocalServer(({ email }) => ({ user_id: email }));
  const csv = join(surroundings.scratch, 'users.csv');
  const rows = Array.from({ length: users }, (_, n) => `user${n}@example.com,Pw-${n}`);
  writeFileSync(csv, ['email,password', ...rows, ''].join('\n'));
  const { file, args } = start(csv, `${server.url}/login`);
  const began = performance.now();
  const peer = startPeer(surroundings, file, args);
  try {
    const code = await peer.ended;
    const perSecond = (users / (performance.now() - began)) * 1000;
    if (code !== 0) throw new Error(`it ended with ${code}: ${peer.output().slice(-600)}`);
    if (server.requests() !== users) throw new Error(`${server.requests()} logins for ${users} rows`);
    return { work, users, perSecond, tenths: null };
  } finally {
    await peer.stop();
    await server.close();
  }
}

/** Where the program of a package is, by its own manifest. */
function programOf(surroundings: PeerSurroundings, name: string, command: string): string {
  const manifest = JSON.parse(readFileSync(fileOf(surroundings, `${name}/package.json`), 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  return fileOf(surroundings, join(name, manifest.bin[command] ?? ''));
}

export const newman: Peer = {
  package: 'newman',
  version: '6.2.2',
  beside: 'logins',
  measure: async (surroundings) => {
    const collection = join(surroundings.scratch, 'login.json');
    const start = (csv: string, url: string) => {
      writeFileSync(collection, JSON.stringify(postmanCollection(url)));
      const file = programOf(surroundings, 'newman', 'newman');
      return { file, args: ['run', collection, '-d', csv, '--reporters', 'progress', '--bail'] };
    };
    return [await overCsv(surroundings, 'row of a CSV, one login call, one test', surroundings.users, start)];
  },
};

function postmanCollection(url: string): object {
  const test = "pm.test('logged in', () => { pm.expect(pm.response.code).to.equal(200); });";
  return {
    info: { name: 'login', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'login',
        event: [{ listen: 'test', script: { type: 'text/javascript', exec: [test] } }],
        request: {
          method: 'POST',
          url,
          header: [{ key: 'content-type', value: 'application/json' }],
          body: { mode: 'raw', raw: '{"email":"{{email}}","password":"{{password}}"}' },
        },
      },
    ],
  };
}

/** It makes a sandbox for each row, so that a tenth of the users are enough to tell. */
const BRUNO_SHARE = 10;

export const bruno: Peer = {
  package: '@usebruno/cli',
  version: '4.1.0',
  beside: 'logins',
  measure: async (surroundings) => {
    const users = Math.max(20, Math.floor(surroundings.users / BRUNO_SHARE));
    const folder = join(surroundings.scratch, 'login');
    mkdirSync(folder);
    const figures: PeerFigure[] = [];
    for (const sandbox of ['safe', 'developer'] as const) {
      const work = `row of a CSV, one login call, one test, sandbox "${sandbox}"`;
      const start = (csv: string, url: string) => {
        writeFileSync(
          join(folder, 'bruno.json'),
          JSON.stringify({ version: '1', name: 'login', type: 'collection' }),
        );
        writeFileSync(join(folder, 'login.bru'), brunoRequest(url));
        const file = programOf(surroundings, '@usebruno/cli', 'bru');
        return { file, args: ['run', 'login.bru', '--csv-file-path', csv, '--sandbox', sandbox, '--bail'] };
      };
      figures.push(await overCsv({ ...surroundings, scratch: folder }, work, users, start));
    }
    return figures;
  },
};

const brunoRequest = (url: string): string => `meta {
  name: login
  type: http
  seq: 1
}

post {
  url: ${url}
  body: json
  auth: none
}

body:json {
  {"email":"{{email}}","password":"{{password}}"}
}

tests {
  test("logged in", function() { expect(res.getStatus()).to.equal(200); });
}
`;
