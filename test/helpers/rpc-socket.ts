import { WebSocket } from 'ws';
import { get, pathOf } from '#test/loopback.ts';

export interface RpcSocket {
  /** One call as it goes over the wire; the reply's body. Rejects when the connection ends first. */
  call(path: string, input: unknown): Promise<unknown>;
  /** Everything that came in so far. */
  readonly frames: readonly string[];
  close(): void;
}

/** Signs in with a link, as a browser does, and opens the engine's WebSocket. */
export async function rpcSocket(link: string): Promise<RpcSocket> {
  const { port } = new URL(link);
  const { cookies } = await get(Number(port), pathOf(link));
  const cookie = cookies[0]!.split(';', 1)[0]!;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
  const frames: string[] = [];
  const waiting = new Map<string, (body: unknown) => void>();
  const ended = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    frames.push(text);
    const message = JSON.parse(text) as {
      readonly i: string;
      readonly p?: { readonly b?: { readonly json: unknown } };
    };
    waiting.get(message.i)?.(message.p?.b?.json);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const end of ended) end();
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let number = 0;
  return {
    frames,
    call: (path, input) => {
      const i = String(++number);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const end = (): void => reject(new Error('the connection ended'));
      ended.add(end);
      waiting.set(i, (body) => {
        waiting.delete(i);
        ended.delete(end);
        resolve(body);
      });
      socket.send(JSON.stringify({ i, p: { u: path, b: { json: input } } }));
      return promise;
    },
    close: () => socket.close(),
  };
}
