/** What one run of an Action, a Rule or a Hook asks for, in order, until the host reads it. */
import { scriptLine } from '../contract/marshal-error.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { [key: string]: JsonValue };

/** One call of a method that asks for something. A missing last argument means "remove". */
export interface Command {
  readonly method: string;
  readonly args: readonly JsonValue[];
  /** Line of the program that the call stands in, where it is known. */
  readonly line?: number;
}

/**
 * A call that did nothing. `argument`: of a wrong kind; `limit`: more than is allowed; `misplaced`: not possible at
 * this point; `simulated`: answered with what a rehearsal can know.
 */
export interface Remark {
  readonly kind: 'argument' | 'limit' | 'misplaced' | 'simulated';
  readonly method: string;
  readonly detail: string;
  readonly line?: number;
}

const MOST = 500;

export class Recorder {
  readonly commands: Command[] = [];
  readonly remarks: Remark[] = [];
  /** Wrong arguments throw instead of being ignored. */
  readonly strict: boolean;

  constructor(strict: boolean) {
    this.strict = strict;
  }

  command(method: string, args: readonly JsonValue[]): void {
    if (this.commands.length >= MOST) {
      this.remark('limit', method, `more than ${MOST} calls`);
      return;
    }
    this.commands.push({ method, args, ...placed() });
  }

  remark(kind: Remark['kind'], method: string, detail: string): void {
    if (this.remarks.length < MOST) this.remarks.push({ kind, method, detail, ...placed() });
  }
}

function placed(): { readonly line?: number } {
  const line = scriptLine();
  return line === undefined ? {} : { line };
}
