/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them */
/** The callback's second argument as JSON, with a record of what JSON does to it. */
import type { JsonLoss } from '../guest-api.ts';

const stringify = JSON.stringify;
const apply = Reflect.apply;
const toTag = Object.prototype.toString;
const MOST_LOSSES = 50;
const DEEPEST = 40;
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

export interface MarshalledResult {
  readonly json: string | undefined;
  readonly losses: readonly JsonLoss[];
  readonly unserialisable: string | undefined;
}

const BY_TYPE: Readonly<Record<string, JsonLoss['what']>> = {
  undefined: 'undefined',
  function: 'function',
  symbol: 'symbol',
  bigint: 'bigint',
};

const BY_TAG: Readonly<Record<string, JsonLoss['what']>> = {
  Date: 'date',
  ArrayBuffer: 'bytes',
  Map: 'map-or-set',
  Set: 'map-or-set',
  RegExp: 'regexp',
  Error: 'error',
};

/** By the value's tag: brand checks throw for every plain object, which would cost more than the whole call. */
function lossOfObject(value: object): JsonLoss['what'] | null {
  if (ArrayBuffer.isView(value)) return 'bytes';
  const tag = apply(toTag, value, []).slice(8, -1);
  const known = tag === 'Object' || tag === 'Array' ? undefined : BY_TAG[tag];
  if (known !== undefined) return known;
  return typeof (value as { toJSON?: unknown }).toJSON === 'function' ? 'to-json' : null;
}

function lossOf(value: unknown): JsonLoss['what'] | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'not-a-number';
  if (typeof value === 'object' && value !== null) return lossOfObject(value);
  return BY_TYPE[typeof value] ?? null;
}

const step = (key: string): string => (PLAIN_NAME.test(key) ? `.${key}` : `[${stringify(key)}]`);

function collect(value: unknown, path: string, above: readonly object[], losses: JsonLoss[]): void {
  if (losses.length >= MOST_LOSSES || above.length > DEEPEST) return;
  const what = lossOf(value);
  if (what !== null) {
    losses.push({ path, what });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (above.includes(value)) {
    losses.push({ path, what: 'circular' });
    return;
  }
  const inside = [...above, value];
  if (Array.isArray(value))
    value.forEach((item, index) => collect(item, `${path}[${index}]`, inside, losses));
  else
    for (const key of Object.keys(value)) collect(Reflect.get(value, key), path + step(key), inside, losses);
}

export function marshalResult(value: unknown): MarshalledResult {
  if (value === undefined || value === null)
    return { json: undefined, losses: [], unserialisable: undefined };
  const losses: JsonLoss[] = [];
  try {
    collect(value, '$', [], losses);
    return { json: stringify(value), losses, unserialisable: undefined };
  } catch (error) {
    const unserialisable = error instanceof Error ? error.message : String(error);
    return { json: undefined, losses, unserialisable };
  }
}
