/** Numbers of errors as the guest's lib knows them: `{ ECONNREFUSED: -111, … }`, whatever the host's own are. */
export type Errno = (name: string) => number;

export function errnoTable(numbers: Readonly<Record<string, number>>): Errno {
  const fallback = numbers['ECONNRESET'] ?? -104;
  return (name) => (Object.hasOwn(numbers, name) ? numbers[name]! : fallback);
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'ECONNRESET';
}

/** `getaddrinfo` failures under the names the lib has for them. */
export function lookupCode(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') return 'EAI_NONAME';
  return code === 'EAI_FAIL' ? 'EAI_FAIL' : 'EAI_AGAIN';
}
