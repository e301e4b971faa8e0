import { useEffect, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { type InputErrors, inputErrors } from '#renderer/features/scripts/try/input-errors.ts';
import type { Scenario } from '#renderer/features/scripts/try/scenarios.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { scriptDraftKey, useDrafts } from '#renderer/stores/drafts.ts';
import { type Slot, type Try, useTries } from '#renderer/stores/tries.ts';
import { EMPTY_INPUT, type TryInput, useTryInputs } from '#renderer/stores/try-inputs.ts';

interface TryState {
  /** When the running try began, as `Date.now()`; null while none runs. */
  readonly since: number | null;
  readonly error: unknown;
  readonly cancelled: boolean;
  /** The try that is shown; null before the first one. */
  readonly shown: Try | null;
  readonly tab: 'result' | 'history';
  readonly inputErrors: InputErrors;
}

export interface Trying extends TryState {
  readonly input: TryInput;
  readonly set: (change: Partial<TryInput>) => void;
  readonly busy: boolean;
  readonly show: (one: Try) => void;
  readonly pick: (tab: TryState['tab']) => void;
  readonly run: (scenario?: Scenario) => void;
  /** The last one anew. */
  readonly again: () => void;
  readonly cancel: () => void;
  /** The same user through get_user as it stands in its editor, for a comparison of the profiles. */
  readonly runGetUser: (identifier: string) => Promise<Try>;
}

/** Runs the text of the editor for the user of the form, without saving either. */
export function useTry(slot: Slot, text: string): Trying {
  const client = useClient();
  const { folder } = useProject();
  const input = useTryInputs((store) => store.inputs[folder]) ?? EMPTY_INPUT;
  const set = useTryInputs((store) => store.set);
  const asked = new URLSearchParams(useSearch()).get('identifier');
  const [state, setState] = useState<TryState>(() => ({
    since: null,
    error: null,
    cancelled: false,
    shown: useTries.getState().history[folder]?.find((one) => one.slot === slot) ?? null,
    tab: 'result',
    inputErrors: {},
  }));
  const put = (change: Partial<TryState>): void => setState((now) => ({ ...now, ...change }));
  const abort = useRef<AbortController | null>(null);
  const last = useRef<Scenario>('right-password');
  useEffect(() => {
    if (asked !== null) set(folder, { identifier: asked });
  }, [asked, folder, set]);
  useEffect(() => () => abort.current?.abort(), []);

  const call = async (request: CallRequest, signal: AbortSignal): Promise<Try> => {
    const began = performance.now();
    const answer = await client.scripts.try({ project: folder, ...request }, { signal });
    return useTries.getState().add(folder, {
      slot: request.slot,
      scenario: request.scenario,
      identifier: request.identifier,
      at: Date.now(),
      tookMs: performance.now() - began,
      attempts: answer.attempts,
      pipeline: answer.pipeline ?? null,
    });
  };

  const run = async (scenario: Scenario): Promise<void> => {
    last.current = scenario;
    const wrong = inputErrors(slot, scenario, input);
    put({ inputErrors: wrong, tab: 'result' });
    if (Object.keys(wrong).length > 0) return;
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    put({ since: Date.now(), error: null, cancelled: false });
    try {
      const shown = await call(requestOf(slot, scenario, input, text), mine.signal);
      if (abort.current === mine) put({ since: null, shown });
    } catch (error) {
      if (abort.current === mine) put({ since: null, error: mine.signal.aborted ? null : error });
    }
  };

  return {
    ...state,
    input,
    busy: state.since !== null,
    set: (change) => {
      set(folder, change);
      put({ inputErrors: {} });
    },
    show: (shown) => put({ shown, error: null, cancelled: false, tab: 'result' }),
    pick: (tab) => put({ tab }),
    run: (scenario = 'right-password') => void run(scenario),
    again: () => void run(last.current),
    cancel: () => {
      abort.current?.abort();
      put({ since: null, cancelled: true });
    },
    runGetUser: (identifier) => {
      const typed = useDrafts.getState().texts[scriptDraftKey(folder, 'get_user')];
      return call(
        {
          slot: 'get_user',
          scenario: 'right-password',
          identifier,
          ...(typed === undefined ? {} : { text: typed }),
        },
        new AbortController().signal,
      );
    },
  };
}

interface CallRequest {
  readonly slot: Slot;
  readonly scenario: Scenario;
  readonly identifier: string;
  readonly text?: string;
  readonly password?: string;
  readonly newPassword?: string;
  readonly newEmail?: string;
  readonly pipeline?: TryInput['pipeline'];
}

/** What the engine is asked: only what the slot takes. */
function requestOf(slot: Slot, scenario: Scenario, input: TryInput, text: string): CallRequest {
  return {
    slot,
    scenario,
    text,
    identifier: input.identifier.trim(),
    ...(slot === 'login' || slot === 'create' ? { password: input.password } : {}),
    ...(slot === 'change_password' ? { newPassword: input.newPassword } : {}),
    ...(slot === 'change_email' ? { newEmail: input.newEmail.trim() } : {}),
    ...(slot === 'login' ? { pipeline: input.pipeline } : {}),
  };
}
