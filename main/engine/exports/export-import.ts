import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { ExportContent, ExportContext } from '#engine/exports/export-content.ts';
import { copyImportFiles } from '#engine/exports/import-files.ts';
import { importDiagnostics, importManifest } from '#engine/exports/import-manifest.ts';
import { assertAddsUp, type FailedUsers, failedUsers } from '#engine/exports/failed-users.ts';
import { type FileKeys, keysOfFiles } from '#engine/exports/keys-of-files.ts';
import { bulkTrialOf, type NamedTrial } from '#engine/exports/named-trials.ts';
import { trialWarnings } from '#engine/exports/script-warnings.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { inputChecksums } from '#engine/trials/new-record.ts';

/** The import files of a bulk trial, with what to upload in which order and who is not in them. */
export async function exportImport(context: ExportContext): Promise<ExportContent> {
  const { ports, project, request, draft } = context;
  const trial = bulkTrialOf(context.trials);
  const { jobs, failed, keys } = readReplica(context, trial);
  const copied = await copyImportFiles(ports, project, trial, jobs, draft);
  const facts = {
    connection: project.settings.connection,
    trial: trial.record.id,
    uploads: copied.uploads,
    keys,
    failed,
  };
  const counts = trial.report.counts.find(({ phase }) => phase === 'bulk');
  // Files that are not those of the trial are refused below; their numbers need not fit.
  if (counts !== undefined && copied.diagnostics.length === 0) {
    assertAddsUp(
      failed,
      copied.uploads.reduce((sum, { records }) => sum + records, 0),
      counts,
    );
  }
  const manifest = await draft.write('manifest.json', importManifest(facts));
  const list = await draft.write('failed-users.ndjson', failed.text);
  return {
    files: [...copied.uploads.map((upload) => upload.facts), list, manifest],
    scripts: [],
    placeholders: [],
    diagnostics: [
      ...verdictDiagnostics(context, trial),
      ...copied.diagnostics,
      ...importDiagnostics(facts, request.acceptRandomPasswords),
      ...trialWarnings([trial], false),
    ],
  };
}

function readReplica(
  { ports, project }: ExportContext,
  { record }: NamedTrial,
): { readonly jobs: readonly ImportJob[]; readonly failed: FailedUsers; readonly keys: readonly FileKeys[] } {
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project.folder, record.id));
  try {
    // Files that somebody sent into the trial afterwards are not the trial's: only jobs of the phase have no times.
    const jobs = replica.jobs().filter(({ createdAtMs }) => createdAtMs === undefined);
    const failed = failedUsers(replica, jobs);
    return { jobs, failed, keys: keysOfFiles(replica, jobs, failed.keptOut) };
  } finally {
    replica.close();
  }
}

function verdictDiagnostics({ ports, project, request }: ExportContext, trial: NamedTrial): Diagnostic[] {
  const { record, report } = trial;
  const found: Diagnostic[] = [];
  if (report.verdict !== 'clean') {
    const failed = report.counts.reduce((sum, phase) => sum + phase.failed, 0);
    const message =
      report.verdict === 'incomplete'
        ? `Trial ${record.id} is not finished.`
        : `In trial ${record.id}, ${failed} users failed; ${request.allow} were allowed.`;
    found.push(diagnostic('export.trial-not-good-enough', message));
  }
  if (record.inputs.settings !== inputChecksums(ports, project).settings) {
    const message = `Trial ${record.id} was made with other settings.`;
    found.push(diagnostic('export.settings-changed', message));
  }
  return found;
}
