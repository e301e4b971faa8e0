import { UsageError } from '#hosts/cli/trouble.ts';

type Key = (string | number)[];

/** Keys of the users in a rejects file: one JSON object with a `key` per line, each key once, in order. */
export function rejectedKeys(text: string, file: string): Key[] {
  const keys = new Map<string, Key>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const key = keyOf(line);
    if (key === null) {
      throw new UsageError(
        `${file} is not a rejects file: line ${index + 1} has no "key"`,
        'Each line is a JSON object such as {"key":[4711]}.',
      );
    }
    keys.set(JSON.stringify(key), key);
  }
  if (keys.size === 0) throw new UsageError(`${file} names no user`);
  return [...keys.values()];
}

function keyOf(line: string): Key | null {
  try {
    const { key } = JSON.parse(line) as { readonly key?: unknown };
    const fits =
      Array.isArray(key) && key.length > 0 && key.every((part) => ['string', 'number'].includes(typeof part));
    return fits ? (key as Key) : null;
  } catch {
    return null;
  }
}
