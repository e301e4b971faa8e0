import type { Family, Search } from '#hashing/lab/search.ts';
import type { LabSample } from '#hashing/lab/sample.ts';

/** Ways to store a password that anyone can undo. */
const FORMS: readonly (readonly [words: string, code: string, of: (password: string) => string])[] = [
  ['password', 'password', (password) => password],
  ['password in lower case', 'password.toLowerCase()', (password) => password.toLowerCase()],
  ['password in upper case', 'password.toUpperCase()', (password) => password.toUpperCase()],
  [
    'base64 of the password',
    "Buffer.from(password).toString('base64')",
    (password) => Buffer.from(password).toString('base64'),
  ],
  [
    'base64 of the password in UTF-16',
    "Buffer.from(password, 'utf16le').toString('base64')",
    (password) => Buffer.from(password, 'utf16le').toString('base64'),
  ],
  [
    'hex of the password',
    "Buffer.from(password).toString('hex')",
    (password) => Buffer.from(password).toString('hex'),
  ],
  [
    'upper-case hex of the password',
    "Buffer.from(password).toString('hex').toUpperCase()",
    (password) => Buffer.from(password).toString('hex').toUpperCase(),
  ],
];

function tryForms(search: Search, matches: (sample: LabSample, form: string) => boolean): void {
  for (const [words, code, of] of FORMS) {
    search.pace.count();
    if (!search.samples.every((sample) => matches(sample, of(sample.password.reveal())))) continue;
    search.fits.push({
      family: 'readable',
      words,
      code,
      encoding: 'utf8',
      reading: 'the whole value',
      prelude: ['const stored = row.stored.trim();'],
      shape: 'readable',
      variant: words,
      bits: Math.min(...search.samples.map((sample) => 8 * sample.stored.reveal().trim().length)),
      objects: null,
    });
  }
}

/** No hash at all: the value is the password, as it is or encoded. */
export const readable: Family = {
  name: 'values that can be read back',
  run: async (search) => {
    tryForms(search, (sample, form) => form === sample.stored.reveal().trim());
  },
};
