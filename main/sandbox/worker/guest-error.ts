import type { ConsoleLevel, GuestError } from '../guest/guest-api.ts';

/** An error as the guest describes it, read field by field: the guest is not ours. */
export function guestError(value: unknown): GuestError | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  const own = (name: string): string | undefined =>
    typeof fields[name] === 'string' ? fields[name] : undefined;
  const optional = Object.fromEntries(
    ['code', 'description', 'userId', 'statusCode', 'stack'].flatMap((name) => {
      const found = own(name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
  const form = own('form');
  const lost = Array.isArray(fields['lost'])
    ? (fields['lost'] as unknown[]).filter((name): name is string => typeof name === 'string').slice(0, 20)
    : [];
  return {
    name: own('name') ?? 'Error',
    message: own('message') ?? '',
    ...optional,
    form: form === 'object' || form === 'string' || form === 'other' ? form : 'error',
    ...(lost.length === 0 ? {} : { lost }),
  };
}

const LEVELS: readonly ConsoleLevel[] = ['log', 'info', 'warn', 'error', 'debug', 'trace'];

export function consoleLevel(value: unknown): ConsoleLevel {
  return LEVELS.find((name) => name === value) ?? 'log';
}
