import { Socket } from 'node:net';
import { deserialize } from 'node:v8';
import { Frames } from '../frames.ts';
import { FRAME, type OpenContainer, type RunAttempt, type WorkerSettings } from '../protocol.ts';
import { Container } from './container.ts';
import type { ContainerLink, GuestEvent } from './container-link.ts';
import { fullCollection } from './full-collection.ts';
import { loadIsolatedVm } from './isolate.ts';
import { KeptIsolates } from './kept-isolates.ts';
import { GuestSources } from './snapshots.ts';
import { startWatchdog } from './watchdog.ts';

// The process that isolates live in. It has no network, nothing of the engine's environment, no file but the
// program's own, and speaks to the engine over one pipe. It ends when that pipe does.

const ENGINE_PIPE = 3;

function end(): never {
  // An orderly exit would wait for threads of an isolate that may never return.
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}

async function start(): Promise<void> {
  const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
  const { board, ready } = startWatchdog(settings.residentLimitBytes);
  const ivm = loadIsolatedVm(settings.isolatedVm);
  await ready;
  // Nothing native and no thread is started after this point, so whoever escapes an isolate cannot do so either.
  process.permission.drop?.('worker');
  process.permission.drop?.('addon');

  const sources = new GuestSources(ivm, settings.build, fullCollection());
  const kept = new KeptIsolates(() => count());
  const containers = new Map<number, Container>();
  const arrived = new Map<number, { id: number; event: GuestEvent }[]>();
  const pipe = new Socket({ fd: ENGINE_PIPE, readable: true, writable: true });
  pipe.on('close', end);
  pipe.on('error', end);

  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const link = (number: number): ContainerLink => ({
    result: (attempt, result) => frames.send(FRAME.result, number, attempt, json(result)),
    console: (attempt, message) => frames.send(FRAME.console, number, attempt, json(message)),
    finding: (attempt, finding) => frames.send(FRAME.finding, number, attempt, json(finding)),
    ended: (attempt) => frames.send(FRAME.ended, number, attempt),
    lost: (lost) => frames.send(FRAME.lost, number, 0, json(lost)),
    write: (socket, data, drain) =>
      frames.send(drain ? FRAME.writeThenDrain : FRAME.write, number, socket, data),
    tap: (socket, message) => frames.send(FRAME.tap, number, socket, json(message)),
    op: (id, op) => frames.send(FRAME.op, number, id, json(op)),
    owner: (socket, attempt) => {
      const payload = Buffer.allocUnsafe(4);
      payload.writeUInt32LE(attempt, 0);
      frames.send(FRAME.owner, number, socket, payload);
    },
  });

  const deliver = (): void => {
    if (arrived.size === 0) return;
    const batches = [...arrived];
    arrived.clear();
    for (const [number, events] of batches) containers.get(number)?.postAll(events);
  };

  const count = (): void => board.holds(containers.size + kept.count);

  const open = (number: number, spec: OpenContainer): void => {
    board.holds(containers.size + kept.count + 1);
    try {
      containers.set(number, new Container(number, spec, ivm, sources, kept, board, link(number)));
      frames.send(FRAME.opened, number, 0);
      // At once: what follows may keep this thread busy.
      frames.flush();
    } catch {
      frames.send(FRAME.lost, number, 0, json({ reason: 'crashed', attempt: 0 }));
      count();
    }
  };

  const onFrame = (type: number, number: number, id: number, payload: Buffer): void => {
    if (type === FRAME.data || type === FRAME.event) {
      const told =
        type === FRAME.data
          ? ['sock', id, 'data', new Uint8Array(payload)]
          : (deserialize(payload) as unknown[]);
      const event = told as unknown as GuestEvent;
      const events = arrived.get(number);
      if (events === undefined) arrived.set(number, [{ id, event }]);
      else events.push({ id, event });
      return;
    }
    // Everything else is in order with the events before it.
    deliver();
    if (type === FRAME.open) open(number, JSON.parse(payload.toString()) as OpenContainer);
    else if (type === FRAME.run)
      containers.get(number)?.run(id, JSON.parse(payload.toString()) as RunAttempt);
    else if (type === FRAME.expire) containers.get(number)?.expire(id);
    else if (type === FRAME.ping) frames.send(FRAME.alive, 0, 0);
    else if (type === FRAME.discard) {
      containers.get(number)?.dispose();
      containers.delete(number);
      count();
    }
  };

  const frames = new Frames(pipe, {
    onFrame,
    onBatchEnd: () => {
      deliver();
      frames.flush();
    },
    onViolation: end,
  });
  frames.send(FRAME.ready, 0, 0);
}

start().catch(end);
