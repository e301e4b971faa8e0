import type { z } from 'zod';
import type { scenarioSchema } from '#contract/scripts.ts';
import type { SharedCode } from '#domain/diagnostics/shared-codes.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { ScriptFinding, ScriptRun } from '#engine/ports/script-runner.ts';

/** What only a scenario shows: whether a script tells an unknown user, a wrong password and an outage apart. */
export function scenarioFindings(slot: Slot, scenario: Scenario, run: ScriptRun): readonly ScriptFinding[] {
  const found = brokenRule(slot, scenario, run);
  if (found === null) return [];
  const [code, message] = found;
  const line = run.error?.line;
  return [{ code, message, ...(line === undefined ? {} : { line }) }];
}

type Scenario = z.infer<typeof scenarioSchema>;
type Found = readonly [code: SharedCode, message: string];

function brokenRule(slot: Slot, scenario: Scenario, run: ScriptRun): Found | null {
  if (scenario === 'unknown') return unknownUser(slot, run);
  return scenario === 'db-down' ? outage(slot, run) : null;
}

function unknownUser(slot: Slot, { ending, value, error }: ScriptRun): Found | null {
  if (slot !== 'get_user') return null;
  if (ending === 'called-back-error') {
    return [
      'script.not-found-as-error',
      `called back ${error?.name ?? 'an error'} for a user who does not exist`,
    ];
  }
  const isEmpty = value !== null && typeof value === 'object' && Object.keys(value).length === 0;
  return isEmpty
    ? ['script.not-found-as-empty-object', 'called back an empty value for a user who does not exist']
    : null;
}

function outage(slot: Slot, { ending, value, error, lostConnection }: ScriptRun): Found | null {
  if (lostConnection !== true) return null;
  if (slot === 'get_user' && ending === 'called-back' && value === null) {
    return ['script.outage-as-not-found', 'called back "not found" while the database could not be reached'];
  }
  if (slot === 'login' && ending === 'called-back-error' && error?.name === 'WrongUsernameOrPasswordError') {
    return [
      'script.outage-as-wrong-password',
      'called back a wrong password while the database could not be reached',
    ];
  }
  return null;
}
