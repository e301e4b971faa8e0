import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/api.ts';
import { Fault } from '#engine/fault.ts';
import { processPort } from '#hosts/engine/process-port.ts';

export interface SpawnedEngine {
  readonly client: ContractRouterClient<Contract>;
  readonly pid: number;
  /** Lets running trials commit their batch and waits for the process to end. */
  close(): Promise<void>;
}

/** Starts the engine in its own process and answers once it is ready for calls. */
export async function spawnEngine(): Promise<SpawnedEngine> {
  const entry = fileURLToPath(new URL('./engine-process.ts', import.meta.url));
  const child = fork(entry, { execArgv: ['--no-node-snapshot'], serialization: 'advanced' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) =>
      reject(
        new Fault('sandbox-unavailable', `the engine process ended with code ${code} before it was ready`),
      ),
    );
  });
  return {
    client: createORPCClient(new RPCLink({ port: processPort(child) })),
    pid: child.pid ?? 0,
    close: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
