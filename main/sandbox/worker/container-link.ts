import type { AttemptResult, ConsoleMessage, ContainerLost, FindingMessage } from '../protocol.ts';
import type { TapMessage } from '../worker-messages.ts';

/** Where a container's messages go. */
export interface ContainerLink {
  result(attempt: number, result: AttemptResult): void;
  console(attempt: number, message: ConsoleMessage): void;
  finding(attempt: number, finding: FindingMessage): void;
  ended(attempt: number): void;
  lost(lost: ContainerLost): void;
  write(socket: number, data: Uint8Array, drain: boolean): void;
  op(id: number, op: object): void;
  tap(socket: number, message: TapMessage): void;
  owner(socket: number, attempt: number): void;
}

/** What enters the guest: an event of a socket, a timer or something it has asked for. */
export type GuestEvent = readonly [type: string, ...args: unknown[]];
