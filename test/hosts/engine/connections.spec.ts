import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { os } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { linkTo } from '#hosts/engine/engine-link.ts';
import { serveConnections } from '#hosts/engine/serve-connections.ts';

/** Both ends of the channel between two processes, in one: what one sends, the other gets a turn later. */
function channel() {
  const parent = new EventEmitter();
  const child = new EventEmitter();
  const sender =
    (to: EventEmitter) =>
    (message: unknown, ...rest: readonly unknown[]): boolean => {
      setImmediate(() => {
        to.emit('message', message);
        for (const one of rest) if (typeof one === 'function') (one as () => void)();
      });
      return true;
    };
  return {
    engineEnd: Object.assign(child, { send: sender(parent) }) as unknown as ChildProcess,
    parentEnd: Object.assign(parent, { send: sender(child), connected: true }) as unknown as ChildProcess,
  };
}

/** An engine with one endless stream, and how far each of its readers has made it go. */
function counting() {
  const { engineEnd, parentEnd } = channel();
  const state = { made: 0, ended: 0 };
  const router = {
    count: os.handler(async function* () {
      try {
        for (;;) {
          yield (state.made += 1);
          await turn();
        }
      } finally {
        state.ended += 1;
      }
    }),
  };
  serveConnections(router, engineEnd, () => 3);
  return { link: linkTo(parentEnd), parentEnd, state };
}

const CALL = JSON.stringify({ i: '1', p: { u: '/count', b: { json: {} } } });

async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await turn();
}

describe('a connection over the channel', () => {
  it('holds its streams while its client does not keep up, and goes on where they were', async () => {
    const { link, state } = counting();
    const seen: string[] = [];
    const connection = link.connect({
      frame: (frame) => seen.push(frame as string),
      ended: () => undefined,
    });
    connection.send(CALL);
    await turns(100);
    connection.pause(true);
    await turns(20);
    const held = state.made;
    await turns(200);
    const still = state.made;
    connection.pause(false);
    await turns(100);
    connection.close();
    const numbers = seen.slice(1).map((frame) => {
      const { p } = JSON.parse(frame) as { readonly p: { readonly d: { readonly json: number } } };
      return p.d.json;
    });
    expect({
      ran: held > 5,
      held: still - held,
      wentOn: state.made > still + 5,
      gaps: numbers.filter((one, index) => one !== index + 1),
    }).toEqual({ ran: true, held: 0, wentOn: true, gaps: [] });
  });

  it('ends the work of a client that goes, also of one that was held, and nobody else’s', async () => {
    const { link, state } = counting();
    const silent = { frame: () => undefined, ended: () => undefined };
    const [going, held, staying] = [link.connect(silent), link.connect(silent), link.connect(silent)];
    for (const one of [going, held, staying]) one.send(CALL);
    held.pause(true);
    await turns(50);
    going.close();
    held.close();
    await turns(50);
    const after = state.made;
    await turns(50);
    expect({ ended: state.ended, goesOn: state.made > after }).toEqual({ ended: 2, goesOn: true });
    staying.close();
  });

  it('that sends no frame is refused once, and others are not disturbed', async () => {
    const { link, state } = counting();
    const told: string[] = [];
    const bad = link.connect({ frame: () => told.push('frame'), ended: (end) => told.push(end) });
    bad.send('no frame');
    bad.send(CALL);
    await turns(20);
    bad.send(CALL);
    await turns(20);
    const after = state.made;
    await turns(20);
    expect({ told, running: await link.running(), left: state.made - after }).toEqual({
      told: ['refused'],
      running: 3,
      left: 0,
    });
  });

  it('is told when the engine goes, and so is one that comes too late', async () => {
    const { link, parentEnd } = counting();
    const told: ('engine-gone' | 'refused')[] = [];
    link.connect({ frame: () => undefined, ended: (end) => told.push(end) });
    const asked = link.running();
    Object.assign(parentEnd, { connected: false });
    parentEnd.emit('disconnect');
    link.connect({ frame: () => undefined, ended: (end) => told.push(end) });
    await turns(2);
    expect({ told, asked: await asked, later: await link.running(), there: link.isThere() }).toEqual({
      told: ['engine-gone', 'engine-gone'],
      asked: 0,
      later: 0,
      there: false,
    });
  });
});
