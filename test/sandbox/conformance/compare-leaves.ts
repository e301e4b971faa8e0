/** Every place where two JSON values differ, as `path` → `[first, second]`, one entry a leaf. */
export function differences(
  first: unknown,
  second: unknown,
  path = '',
): Readonly<Record<string, readonly [string, string]>> {
  if (isRecord(first) && isRecord(second)) {
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    const below = keys.map((key) =>
      differences(first[key], second[key], path === '' ? key : `${path}.${key}`),
    );
    return Object.assign({}, ...below) as Record<string, readonly [string, string]>;
  }
  const [a, b] = [JSON.stringify(first) ?? 'absent', JSON.stringify(second) ?? 'absent'];
  return a === b ? {} : { [path]: [a, b] };
}

export function countLeaves(value: unknown): number {
  return isRecord(value)
    ? Object.values(value).reduce<number>((sum, below) => sum + countLeaves(below), 0)
    : 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
