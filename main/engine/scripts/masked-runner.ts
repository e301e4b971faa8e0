import { isJsonObject } from '#domain/profile/row-json.ts';
import { passwordsWithin, spellingsOf } from '#engine/scripts/secret-spellings.ts';
import type { ScriptAttempt, ScriptRun, ScriptRunner } from '#engine/ports/script-runner.ts';

const MASK = '*****';
/** Names of configuration values that are secrets; hosts and ports stay readable. */
const SECRET_NAME =
  /pass|pwd|secret|token|key|pepper|salt|credential|dsn|connection_?string|auth|bearer|private|hmac|cookie|session/i;

/**
 * A runner whose recorded runs show no password and no secret of the configuration, whatever the script printed,
 * threw or sent. What a script calls back with is left alone: it is what the tenant would store. Of runs that record
 * only counts the error is kept, in the tenant's log.
 */
export function maskedRunner(runner: ScriptRunner): ScriptRunner {
  return {
    concurrency: runner.concurrency,
    run: async (attempt) => {
      const run = await runner.run(attempt);
      const shows = attempt.detail === 'full' || run.error !== null || run.findings.length > 0;
      return shows ? withoutTexts(run, secretsOf(attempt)) : run;
    },
    close: () => runner.close(),
  };
}

/** Texts that the script was given and that nobody may read in its output, the longest first. */
function secretsOf({ script, args, password, configuration }: ScriptAttempt): readonly string[] {
  const known = Object.entries(configuration).flatMap(([name, value]) =>
    SECRET_NAME.test(name) ? [value] : [],
  );
  if (password !== null) known.push(password.reveal());
  if (script.slot === 'change_password' && typeof args[1] === 'string') known.push(args[1]);
  const [user] = args;
  if (script.slot === 'create' && isJsonObject(user) && typeof user['password'] === 'string') {
    known.push(user['password']);
  }
  return spellingsOf([...known, ...Object.values(configuration).flatMap(passwordsWithin)]);
}

/** A run in which these texts, the longest first, are masked wherever they would be shown. */
export function withoutTexts(run: ScriptRun, secrets: readonly string[]): ScriptRun {
  if (secrets.length === 0) return run;
  const clean = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  const cleanTexts = <T extends object>(object: T): T =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
    ) as T;
  return {
    ...run,
    error: run.error === null ? null : cleanTexts(run.error),
    console: run.console.map(cleanTexts),
    findings: run.findings.map(cleanTexts),
    statements: run.statements.map((one) => ({ ...cleanTexts(one), binds: one.binds.map(clean) })),
  };
}
