import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowStep } from '#contract/flows.ts';
import { generateSample } from '#sample/generate-sample.ts';

const SCRIPTS = join(import.meta.dirname, '..', 'fixtures', 'flow-scripts');
const CONNECTION = 'database-connections/acme-customers';
const EXTRA = ['create', 'verify', 'change_password', 'change_email', 'delete'] as const;

export interface TestAccount {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

/** A test account of a sample whose stored password has this scheme. */
export function testAccount(users: number, scheme: string, seed = 1): TestAccount {
  for (const { row, password } of generateSample({ users, seed, now: Date.UTC(2026, 10, 24) })) {
    if (password === null || row.email === null || row.pw_scheme !== scheme) continue;
    return { id: String(row.id), email: row.email, username: row.login_name, password };
  }
  throw new Error(`the sample has no test account with ${scheme}`);
}

/** Adds the five scripts that write, for PostgreSQL, and changes options of the connection. */
export function addWritingScripts(folder: string, options: Record<string, unknown>): void {
  for (const slot of EXTRA) copyFileSync(join(SCRIPTS, `${slot}.js`), join(folder, CONNECTION, `${slot}.js`));
  const scripts = Object.fromEntries(EXTRA.map((slot) => [slot, `./${slot}.js`]));
  changeConnection(folder, options, scripts);
}

export function changeConnection(
  folder: string,
  options: Record<string, unknown>,
  scripts: Record<string, string> = {},
): void {
  const path = join(folder, CONNECTION, 'database.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as { options: Record<string, unknown> };
  const customScripts = { ...(file.options['customScripts'] as object), ...scripts };
  const changed = { ...file, options: { ...file.options, ...options, customScripts } };
  writeFileSync(path, JSON.stringify(changed, null, 2));
}

/** Changes `userferry.json`. */
export function changeSettings(folder: string, changes: Record<string, unknown>): void {
  const path = join(folder, 'userferry.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }, null, 2));
}

/** A step in one line: outcome, scripts, state of the account, log, and findings about the flow. */
export function inShort(step: FlowStep): string {
  const { outcome, scripts, before, after, log, findings } = step;
  return [
    outcome.status === 'ok' ? 'ok' : outcome.cause,
    scripts.map(({ slot }) => slot).join('+') || 'no script',
    `${before?.state ?? 'nobody'} > ${after?.state ?? 'nobody'}`,
    log.map(({ type }) => type).join('+') || 'no log',
    // What the person's hash and profile are like is not what these tests are about.
    ...findings.map(({ code }) => code).filter((code) => /^(state|import)\./.test(code)),
  ].join(' | ');
}
