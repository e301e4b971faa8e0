import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RowService {
  readonly url: string;
  readonly key: string;
  close(): Promise<void>;
}

/** The kind of service that stands in front of a database without drivers: `GET /users?identifier=…` gives raw rows. */
export async function startRowService<Row>(
  rows: readonly Row[],
  identifiersOf: (row: Row) => readonly (string | null)[],
): Promise<RowService> {
  const key = 'row-service-key';
  const byIdentifier = Map.groupBy(
    rows.flatMap((row) => identifiersOf(row).map((name) => [name?.toLowerCase(), row] as const)),
    ([name]) => name,
  );
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    if (request.headers['x-api-key'] !== key || url.pathname !== '/users') {
      response.writeHead(403).end();
      return;
    }
    const found = byIdentifier.get(url.searchParams.get('identifier')?.toLowerCase()) ?? [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(found.map(([, row]) => row)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
