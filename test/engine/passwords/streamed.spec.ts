import { describe, expect, it } from 'vitest';
import { streamed } from '#engine/passwords/streamed.ts';

async function all<Event>(stream: AsyncIterable<Event>): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('streamed', () => {
  it('yields reports, to a slow reader the latest only, and the answer last', async () => {
    const work = async (report: (event: string) => void) => {
      report('lost');
      report('one');
      await turn();
      report('two');
      await turn();
      return 'answer';
    };
    expect(await all(streamed(work, undefined))).toEqual(['one', 'two', 'answer']);
  });

  it('ends with the failure of the work', async () => {
    const work = async () => {
      throw new Error('no database');
    };
    await expect(all(streamed(work, undefined))).rejects.toThrow('no database');
  });

  it.each(['dropping the stream', 'the signal'])('stops the work by %s, and waits for it', async (how) => {
    const seen: string[] = [];
    const work = async (report: (event: string) => void, signal: AbortSignal) => {
      report('begun');
      while (!signal.aborted) await turn();
      seen.push('let go');
      return 'stopped';
    };
    const outer = new AbortController();
    for await (const event of streamed(work, outer.signal)) {
      seen.push(event);
      if (how === 'dropping the stream') break;
      outer.abort();
    }
    expect(seen).toEqual(how === 'the signal' ? ['begun', 'let go', 'stopped'] : ['begun', 'let go']);
  });
});
