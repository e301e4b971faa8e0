import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { PasswordVerifier } from '#engine/ports/password-verifier.ts';
import type { Digests } from '#hashing/lab/digest-sync.ts';
import type { Pace } from '#hashing/lab/pace.ts';
import type { Piece } from '#hashing/lab/pieces.ts';
import type { Case, Fit, LabSample } from '#hashing/lab/sample.ts';

/** What the families of computations share while one search runs. */
export interface Search {
  readonly samples: readonly LabSample[];
  /** One entry per reading of the stored values, each with the cases of all samples. */
  readonly readings: readonly (readonly Case[])[];
  readonly digests: Digests;
  readonly verifier: PasswordVerifier;
  readonly pace: Pace;
  readonly fits: Fit[];
}

export interface Family {
  readonly name: string;
  run(search: Search): Promise<void>;
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left[0] === right[0] && Buffer.compare(left, right) === 0;
}

/** Objects for all cases, or null as soon as one cannot be expressed. */
export function objectsFor(
  cases: readonly Case[],
  express: (one: Case) => CustomPasswordHash | null,
): readonly CustomPasswordHash[] | null {
  const objects = cases.map((one) => express(one));
  return objects.every((object): object is CustomPasswordHash => object !== null) ? objects : null;
}

/** Order and sources of the parts: what makes two fits different computations and not two spellings. */
export function shapeOf(parts: readonly Piece[]): string {
  return parts.map((part) => (part.source === 'constant' ? part.words : part.source)).join('+');
}

export function wordsOf(parts: readonly Piece[]): string {
  return parts.map((part) => part.words).join(' + ');
}
