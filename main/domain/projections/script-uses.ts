/** What one script, or the import, did for one user in one scenario. */
export interface ScriptUse {
  readonly script: 'get_user' | 'login' | 'import';
  readonly scenario: 'existing-user' | 'right-password' | 'wrong-password' | 'record';
  readonly outcome: string;
}

/** Nothing ran: the depth, an earlier result or the row itself left it out. */
export const NOT_RUN = 'not-run';

/** A run as far as coverage cares. */
export interface EndedRun {
  readonly ending: string;
  readonly value: unknown;
  readonly error: { readonly name: string } | null;
}

/** One word for how a run ended, whatever the scenario expects. */
export function runOutcome(run: EndedRun | null): string {
  if (run === null) return NOT_RUN;
  if (run.ending === 'called-back') return run.value === null ? 'no-profile' : 'profile';
  if (run.ending !== 'called-back-error') return run.ending;
  return run.error?.name === 'WrongUsernameOrPasswordError' ? 'refused' : 'error';
}

export function usesOfLazyUser(runs: {
  readonly getUser: EndedRun | null;
  readonly login: EndedRun | null;
  readonly wrongPassword: EndedRun | null;
}): readonly ScriptUse[] {
  return [
    { script: 'get_user', scenario: 'existing-user', outcome: runOutcome(runs.getUser) },
    { script: 'login', scenario: 'right-password', outcome: runOutcome(runs.login) },
    { script: 'login', scenario: 'wrong-password', outcome: runOutcome(runs.wrongPassword) },
  ];
}

/** `kept-out`: refused before there was a file; `refused`: by the job. */
export function usesOfImport(outcome: 'inserted' | 'updated' | 'refused' | 'kept-out'): readonly ScriptUse[] {
  return [{ script: 'import', scenario: 'record', outcome }];
}

/** All uses of one user as one text: few different ones, however many users. */
export function usesText(uses: readonly ScriptUse[]): string {
  return uses.map(({ script, scenario, outcome }) => `${script}/${scenario}=${outcome}`).join(' ');
}

export function usesOfText(text: string): readonly ScriptUse[] {
  return text.split(' ').map((part) => {
    const [, script, scenario, outcome] = /^([^/]+)\/([^=]+)=(.*)$/.exec(part) ?? [];
    return { script, scenario, outcome } as ScriptUse;
  });
}
