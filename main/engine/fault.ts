import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';

/**
 * A broken surrounding: the database is gone, a worker died, the disk is full. Closed kinds, so that every
 * host can say what it means and whether trying again helps. Outcomes of users are never faults.
 */
export const FAULT_KINDS = {
  'legacy-unreachable': { retryable: true },
  'legacy-denied': { retryable: false },
  'legacy-query': { retryable: false },
  'sandbox-unavailable': { retryable: true },
  'replica-unwritable': { retryable: true },
  'replica-damaged': { retryable: false },
  'replica-newer': { retryable: false },
  'project-missing': { retryable: false },
  'project-invalid': { retryable: false },
  'project-newer': { retryable: false },
  'project-unwritable': { retryable: true },
  'project-busy': { retryable: true },
  'file-changed': { retryable: false },
  'folder-unreadable': { retryable: false },
  'trial-missing': { retryable: false },
  'trial-changed': { retryable: false },
  'input-invalid': { retryable: false },
  cancelled: { retryable: false },
} as const satisfies Record<string, { readonly retryable: boolean }>;

export type FaultKind = keyof typeof FAULT_KINDS;

export interface FaultDetails {
  /** What was being done, for people: "reading page after 4711 of users". No secrets. */
  readonly doing?: string;
  /** Where: host:port, path, setting name. */
  readonly where?: string;
  /** One sentence on how to go on. */
  readonly help?: string;
  readonly cause?: unknown;
  /** What exactly is wrong, where there is more to say than one sentence: the settings of a project. */
  readonly problems?: readonly Diagnostic[];
}

export class Fault extends Error {
  readonly kind: FaultKind;
  readonly doing: string | undefined;
  readonly where: string | undefined;
  readonly help: string | undefined;
  readonly problems: readonly Diagnostic[];

  constructor(kind: FaultKind, message: string, details: FaultDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'Fault';
    this.kind = kind;
    this.doing = details.doing;
    this.where = details.where;
    this.help = details.help;
    this.problems = details.problems ?? [];
  }

  get retryable(): boolean {
    return FAULT_KINDS[this.kind].retryable;
  }
}

/** A fault on its way between threads, which keep the messages of errors and lose what else they have. */
export type PackedFault = Pick<Fault, 'kind' | 'message' | 'where' | 'doing' | 'help'>;

export function packFault({ kind, message, where, doing, help }: Fault): PackedFault {
  return { kind, message, where, doing, help };
}

export function unpackFault({ kind, message, where, doing, help }: PackedFault): Fault {
  return new Fault(kind, message, {
    ...(where === undefined ? {} : { where }),
    ...(doing === undefined ? {} : { doing }),
    ...(help === undefined ? {} : { help }),
  });
}
