import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { scriptEndingCode } from '#domain/migration/script-ending.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { validateProfile } from '#domain/profile/validate-profile.ts';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import { scenarioFindings } from '#engine/scripts/scenario-findings.ts';
import { describeWith } from '#test/describe-with.ts';
import { freePort } from '#test/free-port.ts';
import { codesOf, script } from '#test/lint.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { loginScript, type Sandbox, startSandbox, USER } from '#test/script-runner.ts';
import { SHARED_CASES, type SharedCase } from '../fixtures/shared-codes.ts';

// A rule with one code for the linter and for runs: the same script has to bring it out on both sides.

describeWith('one code from the text and from a run', postgresqlMissing(), () => {
  let server: DatabaseServer;
  let sandbox: Sandbox;
  let nobody: number;

  beforeAll(async () => {
    server = await startPostgresql({ tls: 'offered' });
    nobody = await freePort();
    const { host, port } = server;
    sandbox = await startSandbox({
      egress: [
        { host, port, because: 'test' },
        { host, port: nobody, because: 'a server that is down' },
      ],
    });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.remove();
  });

  const textOf = ({ slot = 'login', body, isAsync = false }: SharedCase): string => {
    const { host, port, user, password, database } = server;
    const written = body
      .replaceAll('...DB', `...${JSON.stringify({ host, port, user, password, database })}`)
      .replaceAll('NOBODY', String(nobody));
    if (written.startsWith('=')) return written.slice(1);
    return script(isAsync ? `async ${slot}` : slot, written);
  };

  async function codesOfRun(one: SharedCase): Promise<readonly string[]> {
    const { slot = 'login', requiresUsername = false, shows } = one;
    const text = textOf(one);
    const attempt = slot === 'login' ? {} : { args: [USER], password: null };
    const run = await sandbox.run(text, { ...attempt, script: { ...loginScript(text), slot } });
    const ending = scriptEndingCode(run.ending);
    const codes = [...(ending === null ? [] : [ending]), ...run.findings.map(({ code }) => code)];
    switch (shows) {
      case undefined:
        return codes;
      case 'profile':
        return [...codes, ...profileCodes(run, requiresUsername)];
      case 'id': {
        const again = await sandbox.run(text);
        return idOf(run) === idOf(again) ? codes : [...codes, 'state.user-id-unstable'];
      }
      default:
        return [...codes, ...scenarioFindings(slot, shows, run).map(({ code }) => code)];
    }
  }

  it.each(Object.entries(SHARED_CASES))('%s', async (code, one) => {
    const { slot = 'login', requiresUsername = false } = one;
    const inText = codesOf(slot, textOf(one), { requiresUsername });
    const inRun = await codesOfRun(one);
    expect({ inText, inRun }).toEqual({
      inText: expect.arrayContaining([code]),
      inRun: expect.arrayContaining([code]),
    });
  });
});

function profileCodes(run: ScriptRun, requiresUsername: boolean): readonly string[] {
  const { profile, findings } = profileFromScript(run.value);
  if (profile === null) return findings.map(({ code }) => code);
  const rules = {
    importMode: true,
    requiresUsername,
    usernameLength: { min: 1, max: 15 },
    assumptions: DEFAULT_ASSUMPTIONS,
  };
  return [...findings, ...validateProfile(profile, rules).findings].map(({ code }) => code);
}

const idOf = (run: ScriptRun): string | null => profileFromScript(run.value).profile?.userId ?? null;
