import type { ChildProcess } from 'node:child_process';
import { fromChannel, type Frame, type FromEngine, toChannel, type ToEngine } from '#hosts/engine/channel.ts';
import { answerVault, type Vault } from '#hosts/engine/vault.ts';

export type ConnectionEnd = 'engine-gone' | 'refused';

/** What a client of the engine is told. Nothing comes after `ended`. */
export interface ConnectionEvents {
  frame(frame: Frame): void;
  /** `refused`: it sent what is no frame. Not called for a connection that its own side closed. */
  ended(end: ConnectionEnd): void;
}

/** One client's way to an engine, over the channel that it shares with others. */
export interface EngineConnection {
  /** False: the engine is behind; `sent` says when it has taken this frame. */
  send(frame: Frame, sent?: () => void): boolean;
  /** Streams to this client wait until it is called with false. */
  pause(paused: boolean): void;
  close(): void;
}

/** The parent's end of the channel: many connections over one child process. */
export interface EngineLink {
  connect(events: ConnectionEvents): EngineConnection;
  /** False from the moment on at which nobody answers any more, a little before the process has ended. */
  isThere(): boolean;
  /** Trials that run now; 0 when the engine is gone. */
  running(): Promise<number>;
}

export function linkTo(child: ChildProcess, vault: Vault | null = null): EngineLink {
  const clients = new Map<number, ConnectionEvents>();
  let waiting: ((running: number) => void)[] = [];
  let last = 0;
  let gone = false;

  const post = (message: ToEngine, sent?: () => void): boolean => {
    if (!child.connected) return true;
    return child.send(message, () => sent?.());
  };
  const end = (connection: number, why: ConnectionEnd): void => {
    const events = clients.get(connection);
    clients.delete(connection);
    events?.ended(why);
  };

  child.on('message', (message: FromEngine) => {
    if ('frame' in message) clients.get(message.connection)?.frame(fromChannel(message.frame));
    else if ('refused' in message) {
      end(message.connection, 'refused');
      // Frames that were on their way meanwhile have opened it again.
      post({ connection: message.connection, closed: true });
    } else if ('running' in message) waiting.shift()?.(message.running);
    else if ('vault' in message) void answerVault(vault, message, post);
  });
  child.once('disconnect', () => {
    gone = true;
    for (const connection of clients.keys()) end(connection, 'engine-gone');
    for (const answer of waiting) answer(0);
    waiting = [];
  });

  return {
    connect(events) {
      const connection = (last += 1);
      if (gone) queueMicrotask(() => events.ended('engine-gone'));
      else clients.set(connection, events);
      return {
        send: (frame, sent) =>
          !clients.has(connection) || post({ connection, frame: toChannel(frame) }, sent),
        pause: (paused) => {
          if (clients.has(connection)) post({ connection, paused });
        },
        close: () => {
          if (clients.delete(connection)) post({ connection, closed: true });
        },
      };
    },
    isThere: () => !gone,
    running() {
      if (gone) return Promise.resolve(0);
      return new Promise((resolve) => {
        waiting.push(resolve);
        post({ ask: 'running' });
      });
    },
  };
}
