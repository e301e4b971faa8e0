import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import type { Connection, ConnectionStatus, EngineClient } from '#renderer/api/client.ts';
import { toTrouble } from '#renderer/engine/trouble.ts';

const ConnectionContext = createContext<Connection | null>(null);

interface EngineProviderProps {
  readonly connection: Connection;
  readonly children: ReactNode;
}

/** Gives the screens the one client, and a cache of what the engine answered. */
export function EngineProvider({ connection, children }: EngineProviderProps) {
  const [queries] = useState(createQueries);
  return (
    <ConnectionContext value={connection}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ConnectionContext>
  );
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        // A lost connection comes back by itself; whatever else the engine says will not change by asking again.
        retry: (count, error) => toTrouble(error).kind === 'disconnected' && count < 20,
        retryDelay: (count) => Math.min(250 * 2 ** count, 4_000),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error('this part of the screen is outside the engine provider');
  return connection;
}

export function useClient(): EngineClient {
  return useConnection().client;
}

export function useConnectionStatus(): ConnectionStatus {
  const { status } = useConnection();
  return useSyncExternalStore(
    (listener) => status.subscribe(listener),
    () => status.get(),
  );
}

/** Tries at once to reach the engine again. */
export function useRetryConnection(): () => void {
  const connection = useConnection();
  return () => connection.retry();
}
