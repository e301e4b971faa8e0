/** `api.cache`: what one trigger keeps between its runs. The host holds the records; a run works on a copy. */
import type { Recorder } from './recorder.ts';

export type CacheRecord = readonly [key: string, value: string, expiresAt: number];

const MOST_RECORDS = 20;
const KEY_BYTES = 64;
const VALUE_BYTES = 4096;
const TOTAL_BYTES = 8192;
const DEFAULT_MS = 15 * 60_000;
const LONGEST_MS = 24 * 3_600_000;

type Answer =
  | { type: 'success'; record?: { value: string; expires_at: number } }
  | { type: 'error'; code: string };

interface Options {
  readonly ttl?: unknown;
  readonly expires_at?: unknown;
}

export function cacheApi(records: readonly CacheRecord[], now: number, recorder: Recorder) {
  const kept = new Map(records.filter(([, , until]) => until > now).map((one) => [one[0], one] as const));
  let changed = false;
  const refuse = (method: string, code: string, detail: string): Answer => {
    recorder.remark(code === 'InvalidArgument' ? 'argument' : 'limit', method, detail);
    return { type: 'error', code };
  };
  const api = {
    get(key: unknown): { value: string; expires_at: number } | undefined {
      const found = kept.get(String(key));
      return found === undefined ? undefined : { value: found[1], expires_at: found[2] };
    },
    set(key: unknown, value: unknown, options: Options = {}): Answer {
      if (typeof key !== 'string' || typeof value !== 'string')
        return refuse('cache.set', 'InvalidArgument', 'key and value must be texts');
      if (bytes(key) > KEY_BYTES)
        return refuse('cache.set', 'CacheKeySizeExceeded', `a key has at most ${KEY_BYTES} bytes`);
      if (bytes(value) > VALUE_BYTES)
        return refuse('cache.set', 'CacheValueSizeExceeded', `a value has at most ${VALUE_BYTES} bytes`);
      const until = expiry(options, now);
      if (until <= now) return refuse('cache.set', 'ItemAlreadyExpired', 'the record has expired already');
      const others = [...kept.values()].filter(([name]) => name !== key);
      if (others.length >= MOST_RECORDS)
        return refuse(
          'cache.set',
          'CacheItemLimitExceeded',
          `a trigger keeps at most ${MOST_RECORDS} records`,
        );
      const total = others.reduce((sum, [name, text]) => sum + bytes(name) + bytes(text), 0);
      if (total + bytes(key) + bytes(value) > TOTAL_BYTES)
        return refuse('cache.set', 'CacheSizeExceeded', `a trigger keeps at most ${TOTAL_BYTES} bytes`);
      kept.set(key, [key, value, until]);
      changed = true;
      return { type: 'success', record: { value, expires_at: until } };
    },
    delete(key: unknown): Answer {
      changed = kept.delete(String(key)) || changed;
      return { type: 'success' };
    },
  };
  return { api, changes: (): readonly CacheRecord[] | null => (changed ? [...kept.values()] : null) };
}

/** The earliest of what is asked for and what is allowed. */
function expiry({ ttl, expires_at }: Options, now: number): number {
  const asked = [
    ...(typeof ttl === 'number' ? [now + ttl] : []),
    ...(typeof expires_at === 'number' ? [expires_at] : []),
  ];
  return Math.min(now + LONGEST_MS, ...(asked.length === 0 ? [now + DEFAULT_MS] : asked));
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
