/**
 * The connection was lost before a call was answered or while a stream ran. Whether the engine did what it was
 * asked is not known: ask it once the connection is open again.
 */
export class Disconnected extends Error {
  override readonly name = 'Disconnected';
  readonly code = 'DISCONNECTED';
  readonly kind = 'disconnected';

  constructor(message = 'the connection to the engine was lost') {
    super(message);
  }
}

export function isDisconnected(error: unknown): error is Disconnected {
  return error instanceof Disconnected;
}
