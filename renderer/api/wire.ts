import { type ClientContext, type ClientLink, mapEventIterator } from '@orpc/client';
import { StandardRPCLink } from '@orpc/client/standard';
import { ClientPeer } from '@orpc/standard-server-peer';
import type { Channel, Frame } from '#renderer/api/channel.ts';
import { Disconnected } from '#renderer/api/disconnected.ts';

/** The RPC library over one channel. Once it is lost, every call and stream on it ends with `Disconnected`. */
export interface Wire {
  readonly link: ClientLink<ClientContext>;
  receive(frame: Frame): void;
  lost(): void;
}

export function wireOver(channel: Channel): Wire {
  let lost = false;
  const peer = new ClientPeer((frame) => channel.send(frame as Frame));
  const rpc = new StandardRPCLink<ClientContext>(
    {
      call: async (request) => {
        const response = await peer.request(request);
        return { ...response, body: () => Promise.resolve(response.body) };
      },
    },
    // Frames carry paths only; the library wants an origin all the same.
    { url: 'http://orpc' },
  );
  // A stream that nobody was reading when the channel broke ends with an error of the library's own.
  const told = (error: unknown) => (lost ? new Disconnected() : error);
  return {
    link: {
      async call(path, input, options) {
        try {
          const output = await rpc.call(path, input, options);
          return isStream(output) ? withError(output, told) : output;
        } catch (error) {
          throw told(error);
        }
      },
    },
    receive(frame) {
      // Whoever sends what is no frame is not the engine.
      peer.message(frame).catch(() => channel.close());
    },
    lost() {
      lost = true;
      peer.close({ reason: new Disconnected() });
    },
  };
}

type Stream = AsyncIterator<unknown, unknown, void>;

function isStream(output: unknown): output is Stream {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function withError(stream: Stream, told: (error: unknown) => unknown): unknown {
  return mapEventIterator(stream, {
    value: async (value) => value,
    error: async (error) => told(error),
  });
}
