import type { ChildProcess } from 'node:child_process';
import type { AnyRouter } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { isTooDeep } from '#contract/frames.ts';
import {
  type ChannelFrame,
  fromChannel,
  type Frame,
  type FromEngine,
  toChannel,
  type ToEngine,
} from '#hosts/engine/channel.ts';

/** The engine's end of the channel to its parent. */
type Channel = Pick<ChildProcess, 'on' | 'send'> | NodeJS.Process;

interface Served {
  readonly peer: ServerPeer;
  /** Settled while the client keeps up. */
  gate: { readonly open: Promise<void>; readonly release: () => void };
}

/** Answers the calls of every connection on the channel, each by a peer of its own. */
export function serveConnections(router: AnyRouter, channel: Channel, running: () => number): void {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(router, {}), { context: {} });
  const served = new Map<number, Served>();

  // Written means that the parent's pipe took it, so that a stream is no faster than its reader.
  const post = (message: FromEngine) =>
    new Promise<void>((resolve) => {
      if (channel.send?.(message, undefined, undefined, () => resolve()) === undefined) resolve();
    });

  const serve = (connection: number): Served => {
    const peer = new ServerPeer(async (frame) => {
      await one.gate.open;
      await post({ connection, frame: toChannel(frame as Frame) });
    });
    const one: Served = { peer, gate: { open: Promise.resolve(), release: () => undefined } };
    served.set(connection, one);
    return one;
  };

  const forget = (connection: number): void => {
    const one = served.get(connection);
    served.delete(connection);
    one?.gate.release();
    one?.peer.close();
  };

  const receive = async (connection: number, frame: ChannelFrame): Promise<void> => {
    const { peer } = served.get(connection) ?? serve(connection);
    try {
      const whole = fromChannel(frame);
      if (isTooDeep(whole)) throw new RangeError('nested too deeply');
      await peer.message(whole, handle);
    } catch {
      // Whatever a procedure throws is answered; only what is no frame at all ends up here.
      if (!served.has(connection)) return;
      forget(connection);
      await post({ connection, refused: true });
    }
  };

  (channel as NodeJS.EventEmitter).on('message', (message: ToEngine) => {
    if ('vault' in message) return;
    if ('ask' in message) void post({ running: running() });
    else if ('frame' in message) void receive(message.connection, message.frame);
    else if ('closed' in message) forget(message.connection);
    else pause(served.get(message.connection), message.paused);
  });
}

function pause(one: Served | undefined, paused: boolean): void {
  if (one === undefined) return;
  one.gate.release();
  if (!paused) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  one.gate = { open: promise, release: resolve };
}
