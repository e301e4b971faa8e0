import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/api.ts';
import type { Frame } from '#hosts/engine/channel.ts';
import type { EngineLink } from '#hosts/engine/engine-link.ts';
import { type EngineOptions, startEngineProcess } from '#hosts/engine/start-engine-process.ts';

export interface SpawnedEngine {
  readonly client: ContractRouterClient<Contract>;
  readonly pid: number;
  /** Lets running trials commit their batch and waits for the process to end. */
  close(): Promise<void>;
}

/** Starts the engine in its own process, with one client of it in this process. */
export async function spawnEngine(options: EngineOptions = {}): Promise<SpawnedEngine> {
  const engine = await startEngineProcess(options);
  return {
    client: createORPCClient(new RPCLink({ port: portOf(engine) })),
    pid: engine.pid,
    close: () => engine.close(),
  };
}

/** One connection in the shape of a message port, which is what the RPC library takes. */
function portOf(engine: EngineLink) {
  const emit = { message: (_frame: Frame) => undefined as void, close: () => undefined as void };
  const connection = engine.connect({
    frame: (frame) => emit.message(frame),
    ended: () => emit.close(),
  });
  return {
    on(event: string, callback: (event?: { data: unknown }) => void): void {
      if (event === 'close') emit.close = () => callback();
      else emit.message = (frame) => callback({ data: frame });
    },
    postMessage(frame: unknown): void {
      connection.send(frame as Frame);
    },
  };
}
