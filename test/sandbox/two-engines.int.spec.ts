import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const HOST = join(import.meta.dirname, '..', 'fixtures', 'sandbox-process.ts');

interface Answer {
  readonly values: readonly unknown[];
  readonly workers: readonly number[];
}

/** A process with an engine's sandbox of its own, on the same build, as two commands on one project have. */
function engine(port: number, name: string): Promise<Answer> {
  const child = fork(HOST, [String(port), name], { execArgv: ['--no-node-snapshot'] });
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as Answer));
    child.once('exit', (code) => reject(new Error(`ended with ${code} and without an answer`)));
  });
}

it('two engines on one project at once keep their users, globals and connections apart', async () => {
  const server = createServer((socket) => void socket.on('data', (data) => socket.end(data)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = (server.address() as AddressInfo).port;
  try {
    const [first, second] = await Promise.all([engine(port, 'first'), engine(port, 'second')]);
    const expected = (name: string) =>
      Array.from({ length: 30 }, (_, index) => [`${name}${index}`, `${name}${index}`, index + 1]);
    expect([first.values, second.values]).toEqual([expected('first'), expected('second')]);
    expect(first.workers.filter((pid) => second.workers.includes(pid))).toEqual([]);
  } finally {
    server.close();
  }
});
