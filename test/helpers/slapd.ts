import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority } from '#test/certificates.ts';
import { freePort } from '#test/free-port.ts';
import {
  giveToServer,
  runToEnd,
  serverFile,
  serverFolder,
  startServer,
  untilReady,
} from '#test/server-process.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const SERVER = '/usr/sbin/slapd';
const SCHEMAS = '/etc/ldap/schema';

/** What is missing to run OpenLDAP's server here, or null. For `describeWith`. */
export const slapdMissing = (): string | null =>
  existsSync(SERVER) && existsSync(SCHEMAS) ? null : 'the OpenLDAP server (Debian package slapd)';

export interface Directory {
  /** `ldaps` on localhost; the certificate is signed by `ca`. */
  readonly port: number;
  readonly ca: string;
  readonly rootDn: string;
  readonly rootPassword: string;
  readonly baseDn: string;
  /** Ends the server and fills a new one on the same port. */
  refill(): Promise<void>;
  remove(): Promise<void>;
}

/** A real OpenLDAP with these entries below `dc=example,dc=com`, on a free loopback port. */
export async function startSlapd(ldif: string): Promise<Directory> {
  const folder = temporaryFolder('slapd');
  giveToServer(folder);
  const authority = createAuthority();
  const { cert, key } = authority.issue(['localhost']);
  const baseDn = 'dc=example,dc=com';
  const rootDn = `cn=admin,${baseDn}`;
  const rootPassword = 'd1rectory-admin';
  const data = serverFolder(join(folder, 'data'));
  const config = serverFile(
    join(folder, 'slapd.conf'),
    [
      ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${SCHEMAS}/${name}.schema`),
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb',
      `pidfile ${join(folder, 'pid')}`,
      `TLSCertificateFile ${serverFile(join(folder, 'server.crt'), cert)}`,
      `TLSCertificateKeyFile ${serverFile(join(folder, 'server.key'), key)}`,
      'database mdb',
      'maxsize 16777216',
      `suffix "${baseDn}"`,
      `rootdn "${rootDn}"`,
      `rootpw ${rootPassword}`,
      `directory ${data}`,
      'access to attrs=userPassword by self write by anonymous auth by * none',
      'access to * by * read',
      '',
    ].join('\n'),
  );
  const entries = serverFile(join(folder, 'entries.ldif'), ldif);
  const port = await freePort();
  const start = async () => {
    await runToEnd(SERVER, ['-T', 'add', '-f', config, '-l', entries, '-q'], folder);
    const server = startServer(
      SERVER,
      ['-f', config, '-h', `ldaps://localhost:${port}`, '-d', '0'],
      folder,
      'SIGKILL',
    );
    await untilReady(server, port, () => Promise.resolve());
    return server;
  };
  let server = await start();
  return {
    port,
    ca: authority.ca,
    rootDn,
    rootPassword,
    baseDn,
    refill: async () => {
      await server.end('SIGTERM');
      removeFolder(data);
      serverFolder(data);
      server = await start();
    },
    remove: async () => {
      await server.end('SIGTERM');
      removeFolder(folder);
    },
  };
}
