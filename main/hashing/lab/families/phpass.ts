import type { LabSample } from '#hashing/lab/sample.ts';
import type { Family, Search } from '#hashing/lab/search.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** phpass writes three bytes as four letters, lowest bits first. */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = bytes[i]! | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16);
    for (let digit = 0; digit < Math.min(4, left + 1); digit++)
      text += ALPHABET[(group >> (6 * digit)) & 63]!;
  }
  return text;
}

interface Parts {
  /** An upgraded table holds phpass over the old MD5 hex, marked with a U. */
  readonly overMd5: boolean;
  readonly digest: 'md5' | 'sha512';
  readonly log2: number;
  readonly salt: string;
  readonly rest: string;
}

function read(sample: LabSample): Parts | null {
  const match = /^(U)?\$([PHS])\$([./0-9A-Za-z])([^$]{8})([./0-9A-Za-z]+)$/.exec(
    sample.stored.reveal().trim(),
  );
  if (match === null) return null;
  return {
    overMd5: match[1] !== undefined,
    digest: match[2] === 'S' ? 'sha512' : 'md5',
    log2: ALPHABET.indexOf(match[3]!),
    salt: match[4]!,
    rest: match[5]!,
  };
}

async function matches(search: Search, sample: LabSample): Promise<boolean> {
  const parts = read(sample);
  if (parts === null || parts.log2 > 24) return false;
  const { digests } = search;
  const typed = Buffer.from(sample.password.reveal());
  const password = parts.overMd5
    ? Buffer.from(Buffer.from(digests.digest('md5', typed)).toString('hex'))
    : typed;
  let result = digests.digest(parts.digest, Buffer.concat([Buffer.from(parts.salt), password]));
  for (let i = 0; i < 2 ** parts.log2; i++) {
    result = digests.digest(parts.digest, Buffer.concat([result, password]));
    if ((i & 255) === 0) await search.pace.breathe();
  }
  const text = encode(result);
  return parts.rest.length >= 20 && text.startsWith(parts.rest);
}

/** phpass as WordPress, phpBB and Drupal 7 use it: known, and not importable. */
export const phpass: Family = {
  name: 'phpass',
  run: async (search) => {
    const all = search.samples.map((sample) => read(sample));
    const first = all[0];
    if (first === null || first === undefined || all.includes(null)) return;
    search.pace.count();
    for (const sample of search.samples) if (!(await matches(search, sample))) return;
    const inner = first.overMd5 ? 'hex md5(password)' : 'password';
    const password = first.overMd5
      ? "Buffer.from(crypto.createHash('md5').update(password).digest('hex'))"
      : 'Buffer.from(password)';
    const call = (what: string): string => `crypto.createHash('${first.digest}').update(${what}).digest()`;
    search.fits.push({
      family: 'phpass',
      words: `phpass: ${first.digest}(salt + ${inner}), then ${2 ** first.log2} rounds over the bytes and ${inner}`,
      code: [
        `let x = ${call(`Buffer.concat([Buffer.from(row.stored.slice(-${first.rest.length + 8}, -${first.rest.length})), ${password}])`)};`,
        `for (let i = 0; i < ${2 ** first.log2}; i++) x = ${call(`Buffer.concat([x, ${password}])`)};`,
        `const letters = '${ALPHABET}';`,
        "let text = '';",
        'for (let i = 0; i < x.length; i += 3) for (let n = x[i] | (x[i + 1] << 8) | (x[i + 2] << 16), d = 0; d < 4; d++) text += letters[(n >> (6 * d)) & 63];',
        `row.stored.slice(0, -${first.rest.length}) + text.slice(0, ${first.rest.length})`,
      ].join('\n'),
      shape: 'phpass',
      encoding: 'utf8',
      reading: 'the value names its algorithm',
      prelude: ['const stored = row.stored.trim();'],
      variant: inner,
      bits: Math.floor(first.rest.length * 6),
      objects: null,
    });
  },
};
