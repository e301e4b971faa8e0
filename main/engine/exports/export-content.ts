import type { ExportRequest } from '#contract/exports.ts';
import type { ProvenFile, ProvenScript } from '#contract/proof.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';
import type { ExportDraft } from '#engine/ports/exports.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** What one format puts into an export. */
export interface ExportContent {
  readonly files: readonly ProvenFile[];
  readonly scripts: readonly ProvenScript[];
  readonly placeholders: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What every format works with. */
export interface ExportContext {
  readonly ports: Ports;
  readonly project: Project;
  readonly request: ExportRequest;
  readonly trials: readonly NamedTrial[];
  readonly draft: ExportDraft;
}
