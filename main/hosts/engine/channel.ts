import { Buffer } from 'node:buffer';

/**
 * What goes over the channel between an engine's process and its parent. One channel carries the connections of
 * many clients, each under a number that its parent gives out once and never again.
 */

/** A frame of the RPC library. Only its two ends look into it. */
export type Frame = string | Uint8Array;

/** A frame on the channel, which carries JSON: the two ends may be runtimes with different binary formats. */
export type ChannelFrame = string | { readonly base64: string };

export function toChannel(frame: Frame): ChannelFrame {
  return typeof frame === 'string' ? frame : { base64: Buffer.from(frame).toString('base64') };
}

export function fromChannel(frame: ChannelFrame): Frame {
  return typeof frame === 'string' ? frame : new Uint8Array(Buffer.from(frame.base64, 'base64'));
}

/** A secret that the parent's vault opened. */
export interface OpenedSecret {
  readonly text: string;
  /** Takes the place of what was opened, where the system changed its key. */
  readonly resealed: string | null;
}

/** Answer to `seal`: what to keep instead, or whether to keep the text as it is; and to `open`: null for never. */
export type VaultAnswer = { readonly sealed: string } | 'plain' | 'refused' | OpenedSecret | null;

export type ToEngine =
  | { readonly connection: number; readonly frame: ChannelFrame }
  /** The client is gone: its calls are aborted. */
  | { readonly connection: number; readonly closed: true }
  /** The client does not keep up: its streams wait. */
  | { readonly connection: number; readonly paused: boolean }
  | { readonly ask: 'running' }
  /** Answer to a request for the vault. */
  | { readonly vault: number; readonly answer: VaultAnswer };

export type FromEngine =
  | { readonly ready: true }
  | { readonly connection: number; readonly frame: ChannelFrame }
  /** The client sent what is no frame, and is not listened to any more. */
  | { readonly connection: number; readonly refused: true }
  /** A request for the parent's vault, under a number of its own. */
  | { readonly vault: number; readonly seal: string }
  | { readonly vault: number; readonly open: string }
  /** Answer to `ask`: trials that run now. */
  | { readonly running: number };
