import type { ExportRequest, MadeExport } from '#contract/exports.ts';
import { exportFormatSchema, PROOF_FILE, type Proof } from '#contract/proof.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** Exports that were made from a project, newest first. Formats of later versions are left out. */
export async function listExports({ workbench }: Ports, project: string): Promise<{ exports: MadeExport[] }> {
  const listed = await workbench.exports.list(project, PROOF_FILE);
  return {
    exports: listed.flatMap(({ format, trials, ...one }) => {
      const known = exportFormatSchema.safeParse(format);
      return known.success ? [{ ...one, format: known.data, trials: [...trials] }] : [];
    }),
  };
}

/** The export is what was asked for: a list that cannot be written does not undo it. */
export async function noteExport(
  { workbench, clock }: Ports,
  { project, out, format, sign }: ExportRequest,
  proof: Proof,
): Promise<void> {
  const made = {
    folder: out,
    format,
    madeAt: new Date(clock.now()).toISOString(),
    validated: proof.scripts.every(({ standing }) => standing !== 'unvalidated'),
    signed: sign !== undefined,
    trials: proof.trials.map(({ id }) => id),
  };
  try {
    await workbench.exports.note(project, made);
  } catch (trouble) {
    if (!(trouble instanceof Fault)) throw trouble;
  }
}
