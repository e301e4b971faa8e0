import { connect, createServer, type Server, type Socket } from 'node:net';

export interface StormyProxy {
  readonly port: number;
  /** Once so many more bytes have come from the server, `work` is done in the middle of them. */
  afterBytes(bytes: number, work: () => void): void;
  /** Every connection is cut off without a goodbye. */
  reset(): void;
  /** Clients are told that nothing more comes, while the server is still there: connections half open. */
  halfClose(): void;
  /** Nothing goes either way until `flow`; connections stay open. */
  stall(): void;
  flow(): void;
  /** New connections are refused until `accept`. */
  refuse(): void;
  accept(): Promise<void>;
  /** Connections that are open now. */
  open(): number;
  /** Bytes that have come from the server so far. */
  bytes(): number;
  close(): Promise<void>;
}

/** A TCP proxy before a server on this machine, which is as unreliable as told. */
export async function startStormyProxy(serverPort: number): Promise<StormyProxy> {
  const pairs = new Map<Socket, Socket>();
  let stalled = false;
  let left = Number.POSITIVE_INFINITY;
  let total = 0;
  let due = (): void => undefined;

  const count = (bytes: number): void => {
    left -= bytes;
    total += bytes;
    if (left > 0) return;
    left = Number.POSITIVE_INFINITY;
    due();
  };
  const accept = (client: Socket): void => {
    const server = connect(serverPort, '127.0.0.1');
    pairs.set(client, server);
    if (stalled) for (const socket of [client, server]) socket.pause();
    client.on('data', (chunk) => void server.write(chunk));
    server.on('data', (chunk: Buffer) => {
      const half = chunk.length >> 1;
      if (left <= chunk.length) {
        client.write(chunk.subarray(0, half));
        count(chunk.length);
        if (!client.destroyed && !client.writableEnded) client.write(chunk.subarray(half));
        return;
      }
      count(chunk.length);
      if (!client.destroyed && !client.writableEnded) client.write(chunk);
    });
    client.on('end', () => server.end());
    server.on('end', () => client.end());
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('close', () => {
      server.destroy();
      pairs.delete(client);
    });
    server.on('close', () => client.destroy());
  };
  let listener: Server = createServer({ allowHalfOpen: true }, accept);
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, '127.0.0.1', () => resolve((listener.address() as { port: number }).port));
    });
  const port = await listen(0);
  const each = (work: (socket: Socket) => void): void => {
    for (const pair of pairs) for (const socket of pair) work(socket);
  };
  return {
    port,
    afterBytes(bytes, work) {
      left = bytes;
      due = work;
    },
    reset: () => {
      for (const client of pairs.keys()) client.resetAndDestroy();
    },
    halfClose: () => {
      for (const client of pairs.keys()) client.end();
    },
    stall: () => {
      stalled = true;
      each((socket) => socket.pause());
    },
    flow: () => {
      stalled = false;
      each((socket) => socket.resume());
    },
    refuse: () => void listener.close(),
    accept: async () => {
      listener = createServer({ allowHalfOpen: true }, accept);
      await listen(port);
    },
    open: () => pairs.size,
    bytes: () => total,
    close: async () => {
      for (const client of pairs.keys()) client.destroy();
      if (listener.listening) await new Promise((resolve) => listener.close(resolve));
    },
  };
}
