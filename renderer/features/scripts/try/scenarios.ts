import type { Attempt } from '#contract/scripts.ts';
import type { Slot } from '#renderer/stores/tries.ts';

export type Scenario =
  | 'right-password'
  | 'wrong-password'
  | 'unknown'
  | 'other-case'
  | 'username'
  | 'twice'
  | 'db-down'
  | 'db-slow';

interface ScenarioWords {
  readonly scenario: Scenario;
  readonly title: string;
  /** What a sound script does then. */
  readonly expects: string;
  /** Absent: for every slot. */
  readonly slots?: readonly Slot[];
}

/** The standard scenarios beside the plain try. */
export const SCENARIOS: readonly ScenarioWords[] = [
  {
    scenario: 'wrong-password',
    title: 'Wrong password',
    expects: 'WrongUsernameOrPasswordError, no profile',
    slots: ['login'],
  },
  { scenario: 'unknown', title: 'Unknown user', expects: 'no profile, no crash' },
  { scenario: 'other-case', title: 'Identifier in another case', expects: 'the same user' },
  { scenario: 'username', title: 'By username', expects: 'the same user', slots: ['login', 'get_user'] },
  { scenario: 'twice', title: 'Twice in a row', expects: 'the same answer, no connection left over' },
  { scenario: 'db-down', title: 'Database down', expects: 'an error, called back in time' },
  { scenario: 'db-slow', title: 'Database slow', expects: 'called back before the time limit' },
];

/** `As typed` is the plain try. */
export function scenarioTitle(scenario: string): string {
  return SCENARIOS.find((one) => one.scenario === scenario)?.title ?? 'As typed';
}

const WITHOUT_PASSWORD: readonly Scenario[] = ['wrong-password', 'unknown', 'db-down'];

/** Whether the outcome hangs on a password that is right. */
export function needsPassword(slot: Slot, scenario: Scenario): boolean {
  return slot === 'create' || (slot === 'login' && !WITHOUT_PASSWORD.includes(scenario));
}

const REFUSED = 'WrongUsernameOrPasswordError';

type Ended = Pick<Attempt, 'slot' | 'ending' | 'error' | 'value'>;

/** Whether a script did what a sound one does in this scenario: a refused wrong password is right, a profile is not. */
export function didAsItShould(scenario: string, { slot, ending, error, value }: Ended): boolean {
  switch (scenario) {
    case 'wrong-password':
      return error?.name === REFUSED;
    case 'unknown':
      if (slot === 'login') return error?.name === REFUSED;
      if (slot === 'get_user') return error === null && ending === 'called-back' && value === null;
      return ending.startsWith('called-back');
    case 'db-down':
      return ending === 'called-back-error' && error?.name !== REFUSED;
    default:
      return error === null && ending === 'called-back';
  }
}
