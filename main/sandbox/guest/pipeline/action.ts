/** Runs one handler of an Action: builds `event` and `api`, waits for it, and says what it asked for. */
import { checkArguments } from './arguments.ts';
import { cacheApi, type CacheRecord } from './cache.ts';
import { groupsApi, rolesApi, rulesApi, setTransactionMetadata } from './lookups.ts';
import { methodsOf, ONLY_AT_REFRESH, ONLY_IN_CONTINUE, ONLY_ONCE } from './methods.ts';
import { type Command, type JsonValue, Recorder, type Remark } from './recorder.ts';
import { redirectApi } from './redirect.ts';

/** What the host hands to a run, as JSON. */
export interface ActionInput {
  readonly trigger: string;
  /** Name of the export to call. */
  readonly handler: string;
  readonly continues: boolean;
  readonly event: { [key: string]: JsonValue };
  readonly cache: readonly CacheRecord[];
  readonly rules: readonly string[];
  readonly canRedirect: boolean;
  readonly issuer: string;
  /** Milliseconds since the epoch, on the simulated clock. */
  readonly now: number;
  /** Wrong arguments throw. */
  readonly strict: boolean;
}

/** What a run says when it is over. `found`: the program exports the handler. */
export interface ActionOutput {
  readonly found: boolean;
  readonly commands: readonly Command[];
  readonly remarks: readonly Remark[];
  /** All records of the trigger's cache, where the run changed them. */
  readonly cache: readonly CacheRecord[] | null;
}

type Api = Record<string, Record<string, unknown>>;

export async function runAction(exported: unknown, input: ActionInput): Promise<ActionOutput> {
  const handler: unknown =
    typeof exported === 'object' && exported !== null ? Reflect.get(exported, input.handler) : undefined;
  if (typeof handler !== 'function') return { found: false, commands: [], remarks: [], cache: null };
  const recorder = new Recorder(input.strict);
  const cache = cacheApi(input.cache, input.now, recorder);
  const api = apiFor(input, recorder, cache.api);
  await (Reflect.apply(handler, undefined, [input.event, api]) as unknown);
  return { found: true, commands: recorder.commands, remarks: recorder.remarks, cache: cache.changes() };
}

function apiFor(input: ActionInput, recorder: Recorder, cache: Record<string, unknown>): Api {
  const { trigger, event } = input;
  const api: Api = { cache };
  const called = new Set<string>();
  for (const [method, kinds] of Object.entries(methodsOf(trigger))) {
    const [group, name] = method.split('.') as [string, string];
    (api[group] ??= {})[name] = (...given: readonly unknown[]): Api => {
      const checked = checkArguments(kinds, given);
      const misplaced = misplacement(method, input, called);
      if (!checked.ok) {
        if (recorder.strict) throw new TypeError(`api.${method}: ${checked.detail}`);
        recorder.remark('argument', method, checked.detail);
      } else if (misplaced !== null) recorder.remark('misplaced', method, misplaced);
      else {
        called.add(method);
        recorder.command(method, checked.args);
      }
      return api;
    };
  }
  const state = (event['request'] as { query?: { state?: string } } | undefined)?.query?.state ?? null;
  const at = { possible: input.canRedirect, now: input.now, issuer: input.issuer, event, state };
  if (trigger === 'post-login' || trigger === 'password-reset-post-challenge')
    api['redirect'] = redirectApi(at, recorder);
  if (trigger === 'post-login') {
    const roles = (event['authorization'] as { roles?: string[] } | undefined)?.roles ?? [];
    api['rules'] = rulesApi(input.rules);
    api['roles'] = rolesApi(roles, recorder);
    api['groups'] = groupsApi(recorder);
    const setMetadata = setTransactionMetadata(event, recorder);
    api['transaction'] = { setMetadata: (...given: unknown[]) => (setMetadata(...given), api) };
  }
  return api;
}

function misplacement(
  method: string,
  { continues, event }: ActionInput,
  called: ReadonlySet<string>,
): string | null {
  const protocol = (event['transaction'] as { protocol?: string } | undefined)?.protocol;
  if (ONLY_IN_CONTINUE.has(method) && !continues) return 'only possible after a redirect';
  if (ONLY_AT_REFRESH.has(method) && protocol !== 'oauth2-refresh-token')
    return 'only possible when a refresh token is exchanged';
  return ONLY_ONCE.has(method) && called.has(method) ? 'only possible once in a transaction' : null;
}
