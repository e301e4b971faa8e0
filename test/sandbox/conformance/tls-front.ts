import { type AddressInfo, connect } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

/** TLS in front of a plain server: what comes in is handed on to that port. */
export async function startTlsFront(
  identity: { readonly key: string; readonly cert: string },
  target: number,
): Promise<{ readonly port: number; close(): void }> {
  const open = new Set<TLSSocket>();
  const server = createServer(identity, (secure) => {
    const plain = connect(target, '127.0.0.1');
    open.add(secure);
    secure.on('close', () => {
      open.delete(secure);
      plain.destroy();
    });
    for (const socket of [secure, plain]) socket.on('error', () => secure.destroy());
    secure.pipe(plain).pipe(secure);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
