import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/api.ts';

export type Client = ContractRouterClient<Contract>;

/** The engine in this process, and the way to let go of it. */
export interface OpenClient {
  readonly client: Client;
  close(): Promise<void>;
}

/** Starts the engine. Everything heavy is loaded here and nowhere earlier, so that help answers at once. */
export async function openClient(noteBug: (reference: string, cause: unknown) => void): Promise<OpenClient> {
  const { assertNativeModules } = await import('#hosts/native-modules.ts');
  assertNativeModules();
  const [{ createRouterClient }, { compose }] = await Promise.all([
    import('@orpc/server'),
    import('#hosts/compose.ts'),
  ]);
  const engine = compose({ noteBug });
  return { client: createRouterClient(engine.router, { context: {} }), close: () => engine.close() };
}
