import type { Proof } from '#contract/proof.ts';

/** The document as it is written; anything else in its place is an edit. */
export function proofText(proof: Proof): string {
  return `${JSON.stringify(proof, null, 2)}\n`;
}

/** Digest of everything in a proof but the digest itself. */
export function sealOf(
  proof: Omit<Proof, 'seal'> & { readonly seal?: string },
  checksum: (text: string) => string,
): string {
  const { seal: _seal, ...content } = proof;
  return checksum(JSON.stringify(content));
}
