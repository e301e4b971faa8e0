import type { ExportPort } from '#engine/ports/exports.ts';
import { beginExport } from '#exporters/export-draft.ts';
import { findExport } from '#exporters/found-export.ts';
import { readJsonFile, readTrialFile } from '#exporters/read-files.ts';
import { renderExport } from '#exporters/render.ts';
import { checkSignature, signText } from '#exporters/signature.ts';

/** The exporters as the engine needs them; how a project's files are read is for the host to supply. */
export function createExportPort(connectionSource: ExportPort['connectionSource']): ExportPort {
  return {
    connectionSource,
    trialFile: readTrialFile,
    jsonFile: readJsonFile,
    render: renderExport,
    begin: beginExport,
    find: findExport,
    sign: signText,
    checkSignature,
  };
}
