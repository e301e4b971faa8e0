import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#test/free-port.ts';
import { postJson } from './local-server.ts';
import { fileOf, type Peer, startPeer } from './peer.ts';

const PROJECT = 'demo-acme';
const PER_CALL = 1_000;
const OWNER = { authorization: 'Bearer owner' };

interface BatchAnswer {
  readonly error?: readonly unknown[];
}

/** Users with salted SHA-256 by batchCreate, a thousand a call, into the memory of the emulator. */
export const firebaseEmulator: Peer = {
  package: 'firebase-tools',
  version: '15.34.2',
  beside: 'import',
  measure: async (surroundings) => {
    const { scratch, users } = surroundings;
    const [auth, hub, logging] = [await freePort(), await freePort(), await freePort()];
    const host = '127.0.0.1';
    const emulators = {
      auth: { host, port: auth },
      hub: { host, port: hub },
      logging: { host, port: logging },
      ui: { enabled: false },
      singleProjectMode: false,
    };
    writeFileSync(join(scratch, 'firebase.json'), JSON.stringify({ emulators }));
    const file = fileOf(surroundings, 'firebase-tools/lib/bin/firebase.js');
    const args = ['emulators:start', '--only', 'auth', '--project', PROJECT];
    const peer = startPeer(surroundings, file, args);
    try {
      const url = `http://${host}:${auth}`;
      await peer.untilAnswers(url);
      const batches = Array.from({ length: Math.ceil(users / PER_CALL) }, (_, at) =>
        Array.from({ length: Math.min(PER_CALL, users - at * PER_CALL) }, (_one, n) =>
          person(at * PER_CALL + n),
        ),
      );
      const began = performance.now();
      for (const people of batches) {
        const path = `identitytoolkit.googleapis.com/v1/projects/${PROJECT}/accounts:batchCreate`;
        const body = { users: people, hashAlgorithm: 'SHA256', rounds: 1 };
        const { error = [] } = (await postJson(`${url}/${path}`, body, OWNER)) as BatchAnswer;
        if (error.length > 0) throw new Error(`not imported: ${JSON.stringify(error[0])}`);
      }
      const perSecond = (users / (performance.now() - began)) * 1000;
      return [{ work: 'import into memory, checks hardly anything', users, perSecond, tenths: null }];
    } finally {
      await peer.stop();
    }
  },
};

function person(n: number): object {
  return {
    localId: `user-${n}`,
    email: `user${n}@example.com`,
    emailVerified: true,
    displayName: `User ${n}`,
    passwordHash: Buffer.from(String(n).padStart(32, '0')).toString('base64'),
    salt: Buffer.from(`salt-${n}`).toString('base64'),
  };
}
