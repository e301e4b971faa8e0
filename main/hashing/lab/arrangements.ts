import type { Digests } from '#hashing/lab/digest-sync.ts';
import { constant, innerDigest, PASSWORD_FORMS, type Piece, TYPED_PASSWORD } from '#hashing/lab/pieces.ts';

const SEPARATORS = [':', '$', '-', ' ', '|', '.', ',', '_', '/', ';', '#', '+'].map((text) => constant(text));

function separated(parts: readonly Piece[], separator: Piece): readonly Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]));
}

function* orders(password: Piece, others: readonly Piece[]): Generator<readonly Piece[]> {
  for (const other of others) {
    yield [other, password];
    yield [password, other];
    yield [other, password, other];
  }
  for (const first of others) {
    for (const second of others) {
      if (first.source === second.source) continue;
      yield [first, second, password];
      yield [first, password, second];
      yield [password, first, second];
    }
  }
}

/** Password alone and with everything else, in every order, plain first, then with a separator between. */
export function* flatArrangements(others: readonly Piece[]): Generator<readonly Piece[]> {
  for (const password of PASSWORD_FORMS) {
    yield [password];
    for (const parts of orders(password, others)) {
      yield parts;
      for (const separator of SEPARATORS) yield separated(parts, separator);
    }
  }
}

const INNER_DIGESTS = ['md5', 'sha1', 'sha256', 'sha512', 'md4', 'sha384'];

function* simple(others: readonly Piece[], password: Piece): Generator<readonly Piece[]> {
  yield [password];
  for (const other of others) {
    yield [other, password];
    yield [password, other];
  }
}

/** A digest of the password as the password, alone and with the rest, the rest itself digested or not. */
export function* nestedArrangements(digests: Digests, others: readonly Piece[]): Generator<readonly Piece[]> {
  for (const name of INNER_DIGESTS) {
    const digestedOthers = others.flatMap((other) => innerDigest(digests, name, [other]));
    for (const inner of simple(others, TYPED_PASSWORD)) {
      for (const form of innerDigest(digests, name, inner)) {
        yield* simple([...others, ...(inner.length === 1 ? digestedOthers : [])], form);
        if (inner.length > 1) continue;
        for (const other of others) yield [other, form, other];
        // OpenCart and its kin: a digest of salt and digest, once more with the salt.
        for (const second of others) {
          for (const middle of innerDigest(digests, name, [second, form])) yield [second, middle];
        }
      }
    }
  }
}

/** What may be fed to a costly hash: few, the likely ones first. */
export function* slowInputs(digests: Digests, others: readonly Piece[]): Generator<readonly Piece[]> {
  const plain = others.filter((other) => !/case|braces|UTF-16/.test(other.words));
  for (const password of PASSWORD_FORMS.slice(0, 3)) yield [password];
  for (const other of plain) {
    yield [other, TYPED_PASSWORD];
    yield [TYPED_PASSWORD, other];
  }
  for (const name of ['sha256', 'sha1', 'md5', 'sha512', 'sha384']) {
    for (const inner of simple(plain, TYPED_PASSWORD)) {
      for (const form of innerDigest(digests, name, inner)) yield [form];
    }
  }
  for (const password of PASSWORD_FORMS.slice(4)) yield [password];
}
