/** What of an error survives a tenant's sandbox border: a few named fields, as text. */
import type { GuestError } from '../guest-api.ts';

/** Own properties that pass, by the name they have on the error. */
const KEPT = ['name', 'message', 'code', 'description', 'user_id', 'status_code', 'stack'];
const MOST_FRAMES = 20;
const MOST_LOST = 20;
const LONGEST = 10_000;

const toText: (value: unknown) => string = String;

/** Reading a property of a script's object may run the script's code, which may throw. */
function read(object: object, key: string): string | undefined {
  try {
    const value: unknown = Reflect.get(object, key);
    return value === undefined || value === null ? undefined : toText(value).slice(0, LONGEST);
  } catch {
    return undefined;
  }
}

/** Frames of the script and of modules; the guest's own and those of the isolate's border say nothing. */
function frames(stack: string | undefined): string | undefined {
  const lines = (stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const own = lines.filter((line) => !line.includes('node:core') && !line.includes('<isolated-vm'));
  return own.length === 0 ? undefined : own.slice(0, MOST_FRAMES).join('\n');
}

function lostProperties(object: object): readonly string[] {
  try {
    return Object.keys(object)
      .filter((key) => !KEPT.includes(key))
      .slice(0, MOST_LOST);
  } catch {
    return [];
  }
}

type Fields = { -readonly [Key in keyof GuestError]: GuestError[Key] | undefined };

function withoutUndefined(fields: Fields): GuestError {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as GuestError;
}

export function marshalError(thrown: unknown): GuestError {
  if (typeof thrown === 'string') return { name: 'Error', message: thrown, form: 'string' };
  const isObject = (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function';
  if (!isObject) return { name: 'Error', message: String(thrown), form: 'other' };
  const lost = lostProperties(thrown);
  return withoutUndefined({
    name: read(thrown, 'name') ?? 'Error',
    message: read(thrown, 'message') ?? '',
    code: read(thrown, 'code'),
    description: read(thrown, 'description'),
    userId: read(thrown, 'user_id'),
    statusCode: read(thrown, 'status_code'),
    stack: frames(read(thrown, 'stack')),
    form: thrown instanceof Error ? 'error' : 'object',
    lost: lost.length === 0 ? undefined : lost,
  });
}

const IN_SCRIPT =
  /(?:^|[ (])(?:login|get_user|create|verify|change_password|change_email|delete|action|rules|hook)\.js:(\d+):\d+/m;
const DEEPEST = 100;

/** The line of the script that the running code was called from, where it is on the stack. */
export function scriptLine(): number | undefined {
  const limits = Error as { stackTraceLimit?: number | undefined };
  const before = limits.stackTraceLimit;
  limits.stackTraceLimit = DEEPEST;
  const { stack } = new Error('here');
  limits.stackTraceLimit = before;
  const found = IN_SCRIPT.exec(String(stack));
  return found === null ? undefined : Number(found[1]);
}

/** Where the running code is, for the message about a second callback. */
export function stackHere(at = new Error('here')): string {
  return frames(at.stack) ?? '';
}
