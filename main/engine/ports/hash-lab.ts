import type { JsonObject } from '#domain/json.ts';
import type { HashRoute } from '#domain/password/recognised-hash.ts';
import type { Secret } from '#domain/secret.ts';

/** One account whose password is known, with everything its row and the legacy application hold about it. */
export interface HashSample {
  readonly password: Secret;
  readonly stored: Secret;
  readonly salt?: Secret;
  /** A secret of the application that may be mixed in, or the key of an HMAC. */
  readonly pepper?: Secret;
  readonly hints?: { readonly username?: Secret; readonly email?: Secret };
}

interface Found {
  /** The computation in words. */
  readonly mapping: string;
  /** How the stored value is taken apart. */
  readonly reading: string;
  /** Bits that would have to agree by accident if this were wrong. */
  readonly bits: number;
  readonly openQuestions: readonly string[];
}

export type HashFinding =
  /** Proven on every sample. `routes` are those of the samples, in order. */
  | (Found & { readonly kind: 'one'; readonly routes: readonly HashRoute[]; readonly pattern: JsonObject })
  | (Found & {
      readonly kind: 'not-importable';
      readonly sketch: string;
      readonly remains: readonly string[];
    })
  | {
      readonly kind: 'several';
      readonly candidates: readonly { readonly mapping: string; readonly importable: boolean }[];
      readonly askFor: string;
    }
  | { readonly kind: 'none'; readonly remains: readonly string[] }
  | { readonly kind: 'stopped'; readonly reason: 'cancelled' | 'time' };

export type HashSearchResult = HashFinding & {
  /** Candidates per family of computations, in the order tried. */
  readonly tried: readonly { readonly family: string; readonly candidates: number }[];
  readonly notTried: readonly string[];
  readonly milliseconds: number;
};

/**
 * Searches for the computation behind stored values whose passwords are known. Runs in slices, so that others get
 * their turns; ends soon after the signal. Nothing it answers holds a password, hash, salt or pepper.
 */
export type HashLab = (
  samples: readonly HashSample[],
  onProgress: (progress: { readonly family: string; readonly tried: number }) => void,
  signal: AbortSignal,
  options: { readonly timeLimitMs: number },
) => Promise<HashSearchResult>;
