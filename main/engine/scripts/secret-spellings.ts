/** Shorter texts occur in other words: masking them would make nonsense of an output and hide nothing. */
const SHORTEST = 6;
/** Fewer signs of Base64 or hexadecimal digits could be anything. */
const SHORTEST_ENCODED = 8;
const PASSWORD_IN_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]*?:([^/?#@\s]+)@/i;
const PASSWORD_IN_LIST = /(?:^|[;\s])(?:password|pwd)\s*=\s*("[^"]*"|'[^']*'|[^;\s]+)/gi;

/** The ways in which a program writes a text into logs, addresses and headers, the longest first. */
export function spellingsOf(texts: readonly string[]): readonly string[] {
  const spelled = texts
    .filter((text) => text.length >= SHORTEST)
    .flatMap((text) => {
      const json = JSON.stringify(text).slice(1, -1);
      const twice = JSON.stringify(json).slice(1, -1);
      return [text, json, twice, encodeURIComponent(text.toWellFormed()), ...encoded(text)];
    });
  return [...new Set(spelled)].toSorted((a, b) => b.length - a.length);
}

/** Passwords inside connection strings: `postgres://user:password@host`, `Server=host;Password=password`. */
export function passwordsWithin(value: string): readonly string[] {
  const inAddress = PASSWORD_IN_ADDRESS.exec(value)?.[1];
  const listed = [...value.matchAll(PASSWORD_IN_LIST)].map(([, found]) =>
    found!.replaceAll(/^["']|["']$/g, ''),
  );
  return inAddress === undefined ? listed : [inAddress, decoded(inAddress), ...listed];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encoded(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((before) => base64Within(bytes, before));
  const url = base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'));
  return [hex, hex.toUpperCase(), ...base64, ...url].filter((one) => one.length >= SHORTEST_ENCODED);
}

/** The signs of Base64 that a text always gives behind so many other bytes, whatever stands before and after it. */
function base64Within(bytes: Uint8Array, before: number): string {
  const shifted = [...Array.from({ length: before }, () => 0), ...bytes];
  const signs = btoa(String.fromCharCode(...shifted)).replaceAll('=', '');
  const first = Math.ceil((before * 8) / 6);
  const last = shifted.length % 3 === 0 ? signs.length : signs.length - 1;
  return signs.slice(first, last);
}
