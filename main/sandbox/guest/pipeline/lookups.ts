/** The parts of `api` that answer: earlier Rules, groups, roles, and what a transaction remembers. */
import { checkArguments } from './arguments.ts';
import type { JsonValue, Recorder } from './recorder.ts';

const KEY_CHARACTERS = 64;
const VALUE_BYTES = 8192;
const TOTAL_BYTES = 16_384;

export function rulesApi(executed: readonly string[]) {
  return { wasExecuted: (id: unknown): boolean => executed.includes(String(id)) };
}

interface Page {
  readonly take?: unknown;
}

/** Roles as the event names them; ids are made from the names. */
export function rolesApi(names: readonly string[], recorder: Recorder) {
  const all = names.map((name) => ({ id: `rol_${name.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 16)}`, name }));
  const answer = (method: string, roles: typeof all): Promise<{ roles: typeof all }> => {
    recorder.remark('simulated', method, 'answered with the roles of event.authorization');
    return Promise.resolve({ roles });
  };
  const among = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : []);
  return {
    getUserEffectiveRoles: ({ take }: Page = {}) =>
      answer('roles.getUserEffectiveRoles', all.slice(0, typeof take === 'number' ? take : 100)),
    getUserEffectiveRolesByIds: (ids: unknown) =>
      answer(
        'roles.getUserEffectiveRolesByIds',
        all.filter(({ id }) => among(ids).includes(id)),
      ),
    getUserEffectiveRolesByNames: (given: unknown) =>
      answer(
        'roles.getUserEffectiveRolesByNames',
        all.filter(({ name }) => among(given).includes(name)),
      ),
  };
}

/** A rehearsal knows no groups: nobody is in any. */
export function groupsApi(recorder: Recorder) {
  const note = (method: string): void => recorder.remark('simulated', method, 'a rehearsal knows no groups');
  return {
    getUserGroups: (): Promise<{ groups: never[] }> => {
      note('groups.getUserGroups');
      return Promise.resolve({ groups: [] });
    },
    hasGroupMembership: (): Promise<{ hasMembership: boolean; groups: never[] }> => {
      note('groups.hasGroupMembership');
      return Promise.resolve({ hasMembership: false, groups: [] });
    },
  };
}

/** Changes the event at once, so that the rest of the run sees it; later Actions get it from the host. */
export function setTransactionMetadata(event: { [key: string]: unknown }, recorder: Recorder) {
  const method = 'transaction.setMetadata';
  const transaction = (event['transaction'] ??= {}) as { metadata?: Record<string, JsonValue> };
  const metadata = (transaction.metadata ??= {});
  return (...given: readonly unknown[]): void => {
    const checked = checkArguments(['text', 'scalar'], given);
    if (!checked.ok) {
      if (recorder.strict) throw new TypeError(`${method}: ${checked.detail}`);
      recorder.remark('argument', method, checked.detail);
      return;
    }
    const [key, value] = checked.args as [string, JsonValue];
    const problem = limitOf(metadata, key, value);
    if (problem !== null) {
      recorder.remark('limit', method, problem);
      return;
    }
    if (value === null) delete metadata[key];
    else metadata[key] = value;
    recorder.command(method, [key, value]);
  };
}

function limitOf(metadata: Record<string, JsonValue>, key: string, value: JsonValue): string | null {
  if (key.length > KEY_CHARACTERS) return `a key has at most ${KEY_CHARACTERS} characters`;
  if (Buffer.byteLength(JSON.stringify(value)) > VALUE_BYTES)
    return `a value has at most ${VALUE_BYTES} bytes`;
  const after = Buffer.byteLength(JSON.stringify({ ...metadata, [key]: value }));
  return after > TOTAL_BYTES ? `all of it has at most ${TOTAL_BYTES} bytes` : null;
}
