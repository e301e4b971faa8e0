/** How a page reaches the engine over the loopback server. Desktop windows use a message port instead. */

/** Path of the WebSocket that carries the frames. */
export const SOCKET_PATH = '/engine';

/** Answers 204 to whoever is signed in and 401 to others: a refused WebSocket does not tell a page why. */
export const SESSION_PATH = '/session';

/** Why the server closed a WebSocket, as its close code. */
export const CLOSE_CODES = {
  /** The engine's process ended and is being started again: connect anew. */
  engineGone: 4001,
  /** The server was stopped by whoever started it. */
  serverStopped: 4002,
  /** Nobody was there for as long as the server waits. */
  serverIdle: 4003,
  /** A frame that no client of ours sends. */
  malformed: 4004,
} as const;
