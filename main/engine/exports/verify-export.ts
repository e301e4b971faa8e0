import type { ExportChange, Verification } from '#contract/exports.ts';
import { type Proof, PROOF_FILE, PROOF_VERSION, proofSchema, type ProvenFile } from '#contract/proof.ts';
import { proofText, sealOf } from '#engine/exports/seal.ts';
import { whatItMeans } from '#engine/exports/what-it-means.ts';
import { Fault } from '#engine/fault.ts';
import type { FoundExport, FoundFile } from '#engine/ports/exports.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** Compares a folder with its proof, file by file; says what differs and what that means. */
export async function verifyExport(
  ports: Ports,
  folder: string,
  key: string | undefined,
): Promise<Verification> {
  const found = await ports.exports.find(folder);
  const text = found.proof;
  if (text === null) throw noProof(folder, `there is no ${PROOF_FILE} in this folder`);
  const proof = parseProof(folder, text);
  const changes = [...proofChanges(ports, proof, text), ...fileChanges(proof, found.files)];
  const signature = await signatureOf(ports, found, text, key);
  return {
    folder,
    intact:
      changes.length === 0 &&
      (signature === 'unsigned' || signature === 'not-checked' || signature === 'valid'),
    changes,
    signature,
    proof,
  };
}

function parseProof(folder: string, text: string): Proof {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw noProof(folder, `${PROOF_FILE} is cut off or not JSON`);
  }
  const parsed = proofSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  if (typeof version === 'number' && version > PROOF_VERSION) {
    throw noProof(folder, `${PROOF_FILE} was written by a newer version`);
  }
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw noProof(folder, `${PROOF_FILE} is no proof of an export${where === '' ? '' : ` (${where})`}`);
}

function noProof(where: string, message: string): Fault {
  return new Fault('input-invalid', message, {
    doing: 'verifying an export',
    where,
    help: 'Name a folder that "userferry export" wrote. Without its proof nothing can be said about it.',
  });
}

/** The proof must be, to the letter, the text that its own content gives. */
function proofChanges(ports: Ports, proof: Proof, text: string): ExportChange[] {
  const sealed = proof.seal === sealOf(proof, (one) => ports.identity.checksum(one));
  if (sealed && text === proofText(proof)) return [];
  const lines = { before: null, now: text.split('\n').length - 1 };
  return [
    {
      path: PROOF_FILE,
      kind: 'proof-edited',
      lines,
      meaning: whatItMeans('proof-edited', PROOF_FILE, proof),
    },
  ];
}

function fileChanges(proof: Proof, files: readonly FoundFile[]): ExportChange[] {
  const there = new Map(files.map((file) => [file.path, file]));
  const expected = new Set(proof.files.map(({ path }) => path));
  const changed = proof.files.flatMap((before): ExportChange[] => {
    const now = there.get(before.path);
    const kind = changeOf(before, now);
    if (kind === null) return [];
    const lines = { before: before.lines, now: now?.plain === true ? now.lines : null };
    return [{ path: before.path, kind, lines, meaning: whatItMeans(kind, before.path, proof) }];
  });
  const added = files
    .filter(({ path }) => !expected.has(path))
    .map(
      ({ path, plain, lines }): ExportChange => ({
        path,
        kind: 'added',
        lines: { before: null, now: plain ? lines : null },
        meaning: whatItMeans('added', path, proof),
      }),
    );
  return [...changed, ...added];
}

function changeOf(before: ProvenFile, now: FoundFile | undefined): ExportChange['kind'] | null {
  if (now === undefined) return 'removed';
  if (!now.plain) return 'not-a-file';
  if (now.sha256 === before.sha256) return null;
  return now.sha256WithLf === before.sha256 ? 'line-ends' : 'changed';
}

async function signatureOf(
  ports: Ports,
  { signature }: FoundExport,
  text: string,
  key: string | undefined,
): Promise<Verification['signature']> {
  if (signature === null) return key === undefined ? 'unsigned' : 'missing';
  if (key === undefined) return 'not-checked';
  return ports.exports.checkSignature(text, signature, key);
}
