import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { createAuthority } from '#test/certificates.ts';
import { freePort } from '#test/free-port.ts';
import { fileOf, oneByOne, type Peer, startPeer } from './peer.ts';

const PASSWORD = 'Pw-of-everybody-1';

/** Password grants over TLS for each of its users. Its passwords are plain text, and no script runs. */
export const auth0Simulator: Peer = {
  package: '@simulacrum/auth0-simulator',
  version: '0.11.4',
  beside: 'logins',
  measure: async (surroundings) => {
    const { scratch, users } = surroundings;
    const authority = createAuthority();
    const { cert, key } = authority.issue(['localhost', '127.0.0.1']);
    const certificates = join(scratch, '.simulacrum/certs');
    mkdirSync(certificates, { recursive: true });
    writeFileSync(join(certificates, 'localhost.pem'), cert);
    writeFileSync(join(certificates, 'localhost-key.pem'), key);
    const port = await freePort();
    const entry = fileOf(surroundings, '@simulacrum/auth0-simulator/dist/index.cjs');
    const host = join(import.meta.dirname, 'auth0-simulator-host.cjs');
    const peer = startPeer(surroundings, host, [entry, String(port), String(users), PASSWORD]);
    const agent = new Agent({ ca: authority.ca, keepAlive: true });
    try {
      await listening(peer);
      const login = (n: number) => grant(agent, port, `user${n}@example.com`);
      return [await oneByOne('password grant over TLS, no script', users, login)];
    } finally {
      agent.destroy();
      await peer.stop();
    }
  },
};

async function listening(peer: ReturnType<typeof startPeer>): Promise<void> {
  let gone = false;
  void peer.ended.then(() => (gone = true));
  for (const end = performance.now() + 60_000; performance.now() < end && !gone; ) {
    if (peer.output().includes('listening')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it does not listen: ${peer.output().slice(-600)}`);
}

function grant(agent: Agent, port: number, username: string): Promise<void> {
  const body = JSON.stringify({
    grant_type: 'password',
    username,
    password: PASSWORD,
    client_id: '00000000000000000000000000000000',
    audience: 'https://thefrontside.auth0.com/api/v1/',
    scope: 'openid profile email',
  });
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      method: 'POST',
      path: '/oauth/token',
    };
    const sent = request({ ...options, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', () => {
        if (answer.statusCode === 200 && text.includes('access_token')) resolve();
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 300)}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
