import type { ChildProcess } from 'node:child_process';

/** The part of a message port that the RPC library needs, over the channel between two Node processes. */
export interface ProcessPort {
  on(event: 'message', callback: (event?: { data: unknown }) => void): void;
  on(event: 'close', callback: () => void): void;
  postMessage(data: unknown): void;
}

type Channel = Pick<ChildProcess, 'on' | 'send'> | NodeJS.Process;

/** Frames are strings; what does not look like one of ours is left alone. */
export function processPort(channel: Channel): ProcessPort {
  return {
    on(event: string, callback: (event?: { data: unknown }) => void): void {
      const emitter = channel as NodeJS.EventEmitter;
      if (event === 'close') emitter.on('disconnect', () => callback());
      else emitter.on('message', (frame: unknown) => callback({ data: frame }));
    },
    postMessage(data: unknown): void {
      channel.send?.(data as string, undefined, undefined, () => undefined);
    },
  };
}
