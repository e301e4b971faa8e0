import type { ExportRequest, ExportResult } from '#contract/exports.ts';
import { PROOF_FILE, SIGNATURE_FILE } from '#contract/proof.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { buildProof, type ProofFacts } from '#engine/exports/build-proof.ts';
import { exportConnection } from '#engine/exports/export-connection.ts';
import type { ExportContent, ExportContext } from '#engine/exports/export-content.ts';
import { exportImport } from '#engine/exports/export-import.ts';
import { noteExport } from '#engine/exports/made-exports.ts';
import { readNamedTrials } from '#engine/exports/named-trials.ts';
import { proofText } from '#engine/exports/seal.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { TrialsDesk } from '#engine/trials/trials-desk.ts';

/** Writes an export with its proof, or nothing at all where a finding forbids it. */
export async function createExport(
  ports: Ports,
  desk: TrialsDesk,
  request: ExportRequest,
): Promise<ExportResult> {
  const project = await openExportable(ports, request.project);
  const trials = await readNamedTrials(ports, desk, project.folder, request.trials, request.allow);
  const draft = await ports.exports.begin(request.out, request.force);
  let kept = false;
  try {
    const context: ExportContext = { ports, project, request, trials, draft };
    const content =
      request.format === 'import-files' ? await exportImport(context) : await exportConnection(context);
    const diagnostics = content.diagnostics.map(copyOf);
    const refused = { written: false, folder: request.out, diagnostics, proof: null, signed: false };
    if (content.diagnostics.some(({ severity }) => severity === 'error')) return refused;
    const proof = buildProof(ports, proofFacts(context, content));
    const text = proofText(proof);
    if (request.sign !== undefined)
      await draft.write(SIGNATURE_FILE, await ports.exports.sign(text, request.sign));
    await draft.write(PROOF_FILE, text);
    await draft.commit();
    kept = true;
    await noteExport(ports, request, proof);
    return { ...refused, written: true, proof, signed: request.sign !== undefined };
  } finally {
    if (!kept) await draft.discard();
  }
}

function proofFacts({ project, request, trials }: ExportContext, content: ExportContent): ProofFacts {
  return { project, request, trials, content };
}

/** Values of secrets are not needed to export; everything else that is wrong with a project is in the way. */
async function openExportable(ports: Ports, folder: string): Promise<Project> {
  const project = await ports.projects.open(folder);
  const errors = project.problems.filter(
    ({ severity, code }) => severity === 'error' && code !== 'project.secret-missing',
  );
  const [first] = errors;
  if (first === undefined) return project;
  throw new Fault('project-invalid', `the project has ${errors.length} error(s): ${first.message}`, {
    where: folder,
    help: 'Run "userferry check" to see all of them with their fixes.',
    problems: errors,
  });
}

/** Replies are fresh copies; the contract's types do not say readonly. */
function copyOf(diagnostic: Diagnostic): ExportResult['diagnostics'][number] {
  return structuredClone(diagnostic);
}
