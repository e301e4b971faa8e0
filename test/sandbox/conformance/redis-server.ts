import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '#test/certificates.ts';
import { freePort } from '#test/free-port.ts';
import { giveToServer, serverFile, startServer, untilReady } from '#test/server-process.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

export interface RedisServer {
  readonly port: number;
  readonly tlsPort: number;
  readonly password: string;
  readonly ca: string;
  remove(): Promise<void>;
}

const SERVER = '/usr/bin/redis-server';

/** What is missing to run Redis here, or null. */
export const redisMissing = (): string | null =>
  existsSync(SERVER) ? null : 'the Redis server (Debian package redis-server)';

/** A real Redis with a password on a free loopback port, and with TLS on another. */
export async function startRedis(authority: Authority): Promise<RedisServer> {
  const password = 'r3dis-server';
  const folder = temporaryFolder('redis');
  giveToServer(folder);
  const { cert, key } = authority.issue(['localhost']);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const config = serverFile(
    join(folder, 'redis.conf'),
    [
      'bind 127.0.0.1 ::1',
      `port ${port}`,
      `tls-port ${tlsPort}`,
      `tls-cert-file ${serverFile(join(folder, 'server.crt'), cert)}`,
      `tls-key-file ${serverFile(join(folder, 'server.key'), key)}`,
      `tls-ca-cert-file ${serverFile(join(folder, 'ca.crt'), authority.ca)}`,
      'tls-auth-clients no',
      `requirepass ${password}`,
      `dir ${folder}`,
      'save ""',
      'daemonize no',
      '',
    ].join('\n'),
  );
  const server = startServer(SERVER, [config], folder, 'SIGKILL');
  await untilReady(server, port, () => Promise.resolve());
  return {
    port,
    tlsPort,
    password,
    ca: authority.ca,
    remove: async () => {
      await server.end('SIGTERM');
      removeFolder(folder);
    },
  };
}
