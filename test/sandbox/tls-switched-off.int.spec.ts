import { once } from 'node:events';
import { createServer as createHttpsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuthority } from '#test/certificates.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// A server whose certificate is in order. A script that would take any certificate is told so all the same: the next
// one that answers under this name may be somebody else.

const authority = createAuthority();
let server: Server;
let sandbox: Sandbox;
let port: number;

beforeAll(async () => {
  server = createHttpsServer(authority.issue(['localhost', '127.0.0.1']), (_request, response) => {
    response.end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  sandbox = await startSandbox({ egress: [{ host: 'localhost', port, because: 'test' }] });
});
afterAll(async () => {
  await sandbox.close();
  server.close();
});

async function request(options: string) {
  const { value, connections, findings } = await sandbox.run(
    `function login(user, password, callback) {
      const request = require('https').get({ host: 'localhost', port: ${port}, agent: false, ${options} }, (response) => {
        response.resume().on('end', () => callback(null, response.socket.authorized === true));
      });
      request.on('error', (error) => callback(null, error.code)); }`,
    { container: 'fresh' },
  );
  return { value, tls: connections.map(({ tls }) => tls), codes: findings.map(({ code }) => code) };
}

const ca = `ca: ${JSON.stringify(authority.ca)}`;

it.each([
  ['verified', ca, { value: true, tls: ['verified'], codes: [] }],
  [
    'verification switched off, without the authority',
    'rejectUnauthorized: false',
    { value: false, tls: ['unverified'], codes: ['script.tls-not-verified'] },
  ],
  [
    'verification switched off, although the certificate is good',
    `${ca}, rejectUnauthorized: false`,
    { value: true, tls: ['unverified'], codes: ['script.tls-not-verified'] },
  ],
  [
    'an authority that is not known',
    'rejectUnauthorized: true',
    { value: expect.stringMatching(/^(UNABLE_TO_VERIFY|SELF_SIGNED)/), tls: ['unverified'], codes: [] },
  ],
])('%s', async (_what, options, expected) => {
  expect(await request(options)).toEqual(expected);
});
