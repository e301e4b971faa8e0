import { type Proof, PROOF_VERSION, proofSchema, type ProvenFile } from '#contract/proof.ts';

const SHA = '0'.repeat(64);

/** A proof that fits the schema and vouches for these files only. */
export function emptyProof(files: readonly ProvenFile[]): Proof {
  return proofSchema.parse({
    version: PROOF_VERSION,
    generatedAt: '2026-11-24T08:00:00.000Z',
    format: 'deploy-directory',
    project: 'acme',
    connection: 'acme-users',
    accepted: { failedUsers: 0, unvalidatedScripts: false, randomPasswords: false },
    files,
    scripts: [],
    settings: { sha256: SHA, mappingSha256: SHA, sameAsRehearsed: false },
    trials: [],
    versions: { userferry: '0.1.0', node: 'v26.10.0', scriptRuntime: '22.23.3', modules: [] },
    placeholders: [],
    assumptions: [],
    warnings: [],
    seal: SHA,
  });
}
