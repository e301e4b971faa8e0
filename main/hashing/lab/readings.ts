import { decodeBase64, decodeHex, encodeHex } from '#domain/password/bytes.ts';
import type { Case, LabSample, Reading, Source } from '#hashing/lab/sample.ts';

/** What databases and directories write before a digest. */
const WRAPPER = /^(?:\*|0x|\\x|\{[^}]*\}|[SHT]:)(?=[A-Za-z0-9+/])/;
/** .NET's BitConverter writes hex with a dash between the bytes. */
const DASHED = /^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){15,}$/;
const DIGEST_SIZES = [16, 20, 28, 32, 48, 64];

function texts(sample: LabSample, embedded: string | null): Case['texts'] {
  const found: Partial<Record<Source, string>> = {};
  const salt = embedded ?? sample.salt?.reveal();
  if (salt !== undefined && salt !== '') found.salt = salt;
  const pepper = sample.pepper?.reveal();
  if (pepper !== undefined && pepper !== '') found.pepper = pepper;
  for (const name of ['username', 'email', 'realm'] as const) {
    const value = sample.hints?.[name]?.reveal();
    if (value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

/** The stored text without what databases, directories and frameworks put around it. */
function bare(sample: LabSample): string {
  const text = sample.stored.reveal().trim();
  return DASHED.test(text) ? text.replaceAll('-', '') : text.replace(WRAPPER, '');
}

function bareCode(sample: LabSample): string {
  const text = sample.stored.reveal().trim();
  if (DASHED.test(text)) return "row.stored.trim().replaceAll('-', '')";
  const skipped = WRAPPER.exec(text)?.[0].length ?? 0;
  return skipped === 0 ? 'row.stored.trim()' : `row.stored.trim().slice(${skipped})`;
}

/** Hex text is valid base64 too; read as such it would only multiply the work. */
function decode(text: string, encoding: 'hex' | 'base64'): Uint8Array | null {
  const hex = decodeHex(text);
  const bytes = encoding === 'hex' ? hex : text.length >= 20 && hex !== null ? null : decodeBase64(text);
  return bytes === null || bytes.length < 8 ? null : bytes;
}

function whole(encoding: 'hex' | 'base64'): Reading {
  const reading = `the whole value is the hash in ${encoding}`;
  return {
    name: reading,
    of: (sample) => {
      const text = bare(sample);
      const target = decode(text, encoding);
      if (target === null) return null;
      return {
        password: sample.password.reveal(),
        target,
        targetText: text,
        encoding,
        texts: texts(sample, null),
        saltBytes: null,
        reading,
        prelude: [`const stored = ${bareCode(sample)};`, 'const salt = row.salt;'],
      };
    },
  };
}

/** `hash:salt`, `salt$hash` and the like: the salt stands in the stored value. */
function split(separator: string, hashFirst: boolean, encoding: 'hex' | 'base64'): Reading {
  const reading = `${hashFirst ? 'hash, then salt' : 'salt, then hash'}, ${JSON.stringify(separator)} between, hash in ${encoding}`;
  const cut = hashFirst ? 'indexOf' : 'lastIndexOf';
  const parts = hashFirst
    ? '[before, after]'
    : `[after, before.slice(before.lastIndexOf('${separator}') + 1)]`;
  const prelude = [
    'const text = row.stored.trim();',
    `const at = text.${cut}('${separator}');`,
    'const before = text.slice(0, at);',
    'const after = text.slice(at + 1);',
    `const [stored, salt] = ${parts};`,
  ];
  return {
    name: reading,
    of: (sample) => {
      const text = sample.stored.reveal().trim();
      const at = hashFirst ? text.indexOf(separator) : text.lastIndexOf(separator);
      if (at <= 0) return null;
      const before = text.slice(0, at);
      const after = text.slice(at + 1);
      // `name$salt$hash`: the salt is what stands last before the hash.
      const salt = hashFirst ? after : before.slice(before.lastIndexOf(separator) + 1);
      const targetText = hashFirst ? before : after;
      const target = decode(targetText, encoding);
      if (target === null || !DIGEST_SIZES.includes(target.length) || salt === '') return null;
      const password = sample.password.reveal();
      return {
        password,
        target,
        targetText,
        encoding,
        texts: texts(sample, salt),
        saltBytes: null,
        reading,
        prelude,
      };
    },
  };
}

/** Salt and hash joined as bytes, before encoding. */
function joined(encoding: 'hex' | 'base64', size: number, saltFirst: boolean): Reading {
  const order = saltFirst ? `salt, then ${size} bytes of hash` : `${size} bytes of hash, then salt`;
  const reading = `${order}, as one block in ${encoding}`;
  return {
    name: reading,
    of: (sample) => {
      const bytes = decode(bare(sample), encoding);
      const extra = (bytes?.length ?? 0) - size;
      if (bytes === null || extra < 2 || extra > 64) return null;
      // A value of a digest's length beside a salt column holds no second salt.
      if (sample.salt !== undefined && DIGEST_SIZES.includes(bytes.length)) return null;
      const target = saltFirst ? bytes.slice(extra) : bytes.slice(0, size);
      // The salt is in the value: a salt column beside it would only multiply the candidates.
      const { salt: _column, ...others } = texts(sample, null);
      return {
        password: sample.password.reveal(),
        target,
        targetText: encodeHex(target),
        encoding: 'hex',
        texts: others,
        saltBytes: saltFirst ? bytes.slice(0, extra) : bytes.slice(size),
        reading,
        prelude: [
          `const block = Buffer.from(${bareCode(sample)}, '${encoding}');`,
          `const stored = block.${saltFirst ? `subarray(-${size})` : `subarray(0, ${size})`}.toString('hex');`,
          `const salt = block.${saltFirst ? `subarray(0, -${size})` : `subarray(${size})`};`,
        ],
      };
    },
  };
}

/** Bytes that were written into a text column as they are, one letter for each. */
const RAW: Reading = {
  name: 'the value is the hash, byte for byte',
  of: (sample) => {
    const text = sample.stored.reveal();
    if (!DIGEST_SIZES.includes(text.length) || !/[^ -~]/.test(text)) return null;
    const target = Buffer.from(text, 'latin1');
    if (target.toString('latin1') !== text) return null;
    return {
      password: sample.password.reveal(),
      target,
      targetText: encodeHex(target),
      encoding: 'hex',
      texts: texts(sample, null),
      saltBytes: null,
      reading: RAW.name,
      prelude: [
        "const stored = Buffer.from(row.stored, 'latin1').toString('hex');",
        'const salt = row.salt;',
      ],
    };
  },
};

const ENCODINGS = ['hex', 'base64'] as const;
const ALL: readonly Reading[] = [
  ...ENCODINGS.map((encoding) => whole(encoding)),
  RAW,
  ...[':', '$', '.', '-', '|', ','].flatMap((separator) =>
    [true, false].flatMap((hashFirst) => ENCODINGS.map((encoding) => split(separator, hashFirst, encoding))),
  ),
  ...ENCODINGS.flatMap((encoding) =>
    DIGEST_SIZES.flatMap((size) => [false, true].map((saltFirst) => joined(encoding, size, saltFirst))),
  ),
];

/** Readings that every sample has, each with its cases in the order of the samples. */
export function readingsOf(samples: readonly LabSample[]): readonly (readonly Case[])[] {
  return ALL.map((reading) => samples.map((sample) => reading.of(sample))).filter((cases): cases is Case[] =>
    cases.every((one) => one !== null),
  );
}
