/**
 * Finds users by what a log calls them: an id, an e-mail address or a username, capitals aside. Texts are kept as 64
 * bits of hash, so that a million of them take a few dozen megabytes; two different ones meet by chance once in
 * billions of billions.
 */
export interface IdentifierTable {
  /** The first user to come with an identifier keeps it. */
  add(identifier: string, user: number): void;
  find(identifier: string): number | null;
}

/** What is the same person to a login form is the same here. */
function normalIdentifier(text: string): string {
  return text
    .trim()
    .replace(/^auth0\|/, '')
    .toLowerCase();
}

export function createIdentifierTable(expected: number): IdentifierTable {
  let size = 1024;
  while (size < expected * 2) size *= 2;
  let high = new Uint32Array(size);
  let low = new Uint32Array(size);
  /** User number + 1; 0 is free. */
  let owner = new Uint32Array(size);
  let used = 0;
  const place = (first: number, second: number): number => {
    let at = second & (size - 1);
    while (owner[at] !== 0 && (high[at] !== first || low[at] !== second)) at = (at + 1) & (size - 1);
    return at;
  };
  const grow = (): void => {
    const old = { high, low, owner };
    size *= 2;
    high = new Uint32Array(size);
    low = new Uint32Array(size);
    owner = new Uint32Array(size);
    for (let index = 0; index < old.owner.length; index++) {
      if (old.owner[index] === 0) continue;
      const at = place(old.high[index]!, old.low[index]!);
      high[at] = old.high[index]!;
      low[at] = old.low[index]!;
      owner[at] = old.owner[index]!;
    }
  };
  return {
    add(identifier, user) {
      const text = normalIdentifier(identifier);
      if (text === '') return;
      const [first, second] = hashes(text);
      const at = place(first, second);
      if (owner[at] !== 0) return;
      high[at] = first;
      low[at] = second;
      owner[at] = user + 1;
      used += 1;
      if (used * 4 > size * 3) grow();
    },
    find(identifier) {
      const text = normalIdentifier(identifier);
      const [first, second] = hashes(text);
      const found = owner[place(first, second)]!;
      return found === 0 ? null : found - 1;
    },
  };
}

/** Two 32-bit hashes mixed over all characters. */
function hashes(text: string): readonly [number, number] {
  let a = 0xdeadbeef ^ text.length;
  let b = 0x41c6ce57 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0];
}

/** Whether a row of this place is in a sample of one in `sampleOf`: spread evenly, the same in every run. */
export function isSampled(position: number, sampleOf: number): boolean {
  if (sampleOf === 1) return true;
  let hash = position | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % sampleOf === 0;
}
