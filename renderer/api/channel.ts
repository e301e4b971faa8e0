/** A frame of the RPC library. */
export type Frame = string | Uint8Array<ArrayBuffer>;

/** Why a connection is not taken up again. */
export type ClosedReason =
  /** This page closed it. */
  | 'closed'
  /** The server was stopped by whoever started it. */
  | 'server-stopped'
  /** The server ended because nobody was there. */
  | 'server-idle'
  /** The server does not know this browser, or not any more: it takes a new link. */
  | 'signed-out';

/** What the end of a channel means: for good, or worth another try, at once where the other side asked for it. */
export type ChannelEnd =
  | { readonly again: false; readonly reason: ClosedReason }
  | { readonly again: true; readonly soon: boolean };

export interface ChannelEvents {
  opened(): void;
  frame(frame: Frame): void;
  /** Told once, also when it never opened. What it means may take a question to the server. */
  closed(end: Promise<ChannelEnd>): void;
}

/** One way to the engine, until it breaks. */
export interface Channel {
  send(frame: Frame): void;
  close(): void;
}

/** Makes a new channel. It opens later, or closes. */
export type Dial = (events: ChannelEvents) => Channel;
