import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { ManagementApi } from '#test/stand-ins/management-api.ts';

const CLI = fileURLToPath(new URL('../../node_modules/auth0-deploy-cli/lib/index.js', import.meta.url));

export interface Deployed {
  readonly code: number | null;
  /** Both outputs, without colours. */
  readonly output: string;
}

/**
 * Runs the published Auth0 Deploy CLI on an export, limited to databases. `values`: what it fills placeholders with,
 * given through the environment as its users do.
 */
export function deploy(
  api: ManagementApi,
  input: string,
  values: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Deployed> {
  const child = spawn(process.execPath, [CLI, 'import', '-i', input, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NO_COLOR: '1',
      NODE_EXTRA_CA_CERTS: api.caFile,
      AUTH0_DOMAIN: api.domain,
      AUTH0_ACCESS_TOKEN: 'a-token',
      AUTH0_INCLUDED_ONLY: '["databases"]',
      AUTH0_ALLOW_DELETE: 'false',
      ...values,
    },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, output: stripVTControlCharacters(output) }));
  });
}
