/** Catalog code of each way a run of a script can fail; null for the one that is no failure. */
export const SCRIPT_ENDING_CODES = {
  'called-back': null,
  'called-back-error': 'script.called-back-error',
  'never-called-back': 'script.never-called-back',
  threw: 'script.threw',
  rejected: 'script.rejected',
  'timed-out': 'script.timed-out',
  blocked: 'script.blocked',
  'out-of-memory': 'script.out-of-memory',
  crashed: 'script.crashed',
  'does-not-compile': 'script.does-not-compile',
  'too-large': 'script.too-large',
} as const;

export type ScriptEndingName = keyof typeof SCRIPT_ENDING_CODES;

export function scriptEndingCode<Ending extends ScriptEndingName>(
  ending: Ending,
): (typeof SCRIPT_ENDING_CODES)[Ending] {
  return SCRIPT_ENDING_CODES[ending];
}
