import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { Secret } from '#domain/secret.ts';

/** One account whose password is known, with everything its row and the legacy application hold about it. */
export interface LabSample {
  readonly password: Secret;
  readonly stored: Secret;
  readonly salt?: Secret;
  /** A secret of the application that may be mixed in, or the key of an HMAC. */
  readonly pepper?: Secret;
  readonly hints?: {
    readonly username?: Secret;
    readonly email?: Secret;
    readonly realm?: Secret;
  };
}

export type Source = 'salt' | 'pepper' | 'username' | 'email' | 'realm';

/** A sample under one reading of its stored value: the bytes to be reached and the salt that goes with them. */
export interface Case {
  readonly password: string;
  readonly target: Uint8Array;
  /** The part of the stored value that holds the target, as an import object would carry it. */
  readonly targetText: string;
  readonly encoding: 'hex' | 'base64';
  readonly texts: Readonly<Partial<Record<Source, string>>>;
  /** A salt found as bytes inside the stored value. */
  readonly saltBytes: Uint8Array | null;
  /** How the stored value was taken apart, in words. */
  readonly reading: string;
  /** Script lines that define `stored`, the encoded digest, and `salt`. */
  readonly prelude: readonly string[];
}

/** A way to take a stored value apart. Null where a sample does not have that form. */
export interface Reading {
  readonly name: string;
  of(sample: LabSample): Case | null;
}

/** A computation that gave the stored value of every sample. */
export interface Fit {
  readonly family: string;
  /** The computation in words: no value of a sample. */
  readonly words: string;
  /** The same for a login script, in terms of `password`, `salt`, `row` and `configuration`. */
  readonly code: string;
  /** Encoding of what the code gives and of `stored`; null where the code answers right or wrong itself. */
  readonly encoding: 'hex' | 'base64' | 'utf8' | null;
  readonly reading: string;
  readonly prelude: readonly string[];
  /** Fits of one shape differ only in encodings that gave the same bytes. */
  readonly shape: string;
  /** What distinguishes fits of one shape. */
  readonly variant: string;
  readonly bits: number;
  /** The object that verifies each sample, in order; null where the import has no word for the computation. */
  readonly objects: readonly CustomPasswordHash[] | null;
}
