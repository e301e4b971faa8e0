import { type FaultData, faultDataSchema } from '#contract/errors.ts';
import { inApp } from '#renderer/words/in-app.ts';

/** What a screen says when a call did not work out. */
export interface Trouble {
  /** Fault kind, or `bug`, `bad-request`, `disconnected`, `cancelled`. */
  readonly kind: string;
  readonly title: string;
  readonly message: string;
  readonly where: string | null;
  readonly help: string | null;
  readonly retryable: boolean;
}

const TITLES = {
  'legacy-unreachable': 'The legacy database cannot be reached',
  'legacy-denied': 'The legacy database refused the sign-in',
  'legacy-query': 'The legacy database refused a query',
  'sandbox-unavailable': 'The sandbox could not be started',
  'replica-unwritable': 'The replica cannot be written',
  'replica-damaged': 'The replica of this trial is damaged',
  'replica-newer': 'The replica was written by a newer Userferry',
  'project-missing': 'There is no project in this folder',
  'project-invalid': 'The project’s settings need attention',
  'project-newer': 'The project was written by a newer Userferry',
  'project-busy': 'Another Userferry works on this project',
  'project-unwritable': 'The project folder cannot be written',
  'file-changed': 'The file has changed on disk',
  'folder-unreadable': 'The folder cannot be read',
  'trial-missing': 'There is no such trial',
  'trial-changed': 'Scripts or settings changed since this trial began',
  'input-invalid': 'That input cannot be used',
  cancelled: 'Cancelled',
  disconnected: 'The engine is not connected',
} as const satisfies Record<FaultData['kind'] | 'disconnected', string>;

/** Reads an error of the client. Anything that is none of ours is a bug and says so. */
export function toTrouble(error: unknown): Trouble {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const message = typeof thrown['message'] === 'string' ? thrown['message'] : String(error);
  const fault = faultDataSchema.safeParse(thrown['data']);
  if (thrown['code'] === 'FAULT' && fault.success) {
    const { kind, where, help, retryable } = fault.data;
    return {
      kind,
      title: TITLES[kind],
      message: inApp(message),
      where: where ?? null,
      help: help === undefined ? null : inApp(help),
      retryable,
    };
  }
  const plain = { message, where: null, help: null } as const;
  if (thrown['name'] === 'AbortError') {
    return { ...plain, kind: 'cancelled', title: TITLES.cancelled, retryable: true };
  }
  if (thrown['code'] === 'DISCONNECTED' || thrown['kind'] === 'disconnected') {
    const help = 'Nothing you typed is lost. The call can be repeated as soon as the engine is back.';
    return { ...plain, kind: 'disconnected', title: TITLES.disconnected, help, retryable: true };
  }
  if (thrown['code'] === 'BAD_REQUEST') {
    return { ...plain, kind: 'bad-request', title: TITLES['input-invalid'], retryable: false };
  }
  return {
    ...plain,
    kind: 'bug',
    title: 'Userferry made a mistake',
    help: 'This should not happen. Please report it with the text from Diagnostics.',
    retryable: true,
  };
}
