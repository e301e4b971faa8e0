import type { AuditRequest } from '#contract/audit.ts';
import type { FileKnowledge } from '#domain/audit/audit-user.ts';
import type { AuditRules } from '#domain/audit/classify.ts';
import { knownOfLegacy } from '#domain/audit/legacy-person.ts';
import { momentOf } from '#engine/audit/listed-person.ts';
import type { LegacyCounts } from '#engine/audit/sides.ts';
import type { BrokenLine, ExportFile } from '#engine/ports/audit-work.ts';
import type { Project } from '#engine/ports/project-store.ts';

export interface TenantCounts {
  readonly lines: number;
  readonly users: number;
  readonly otherConnections: number;
  readonly broken: number;
  readonly deleted: number;
}

/** What is known of the tenant's side besides its users. */
export interface TenantSide {
  readonly files: readonly ExportFile[];
  readonly broken: readonly BrokenLine[];
  readonly knowledge: readonly FileKnowledge[];
  readonly counts: TenantCounts;
}

/** What an audit goes by. */
export interface Inputs {
  readonly request: AuditRequest;
  readonly project: Project;
  readonly rules: Pick<AuditRules, 'importHistory' | 'cutover'>;
  readonly legacyKnows: readonly boolean[];
}

/** Both sides, read. */
export interface Filled {
  readonly legacy: LegacyCounts;
  readonly tenant: TenantSide;
  readonly since: string | null;
}

export function inputsOf(request: AuditRequest, project: Project): Inputs {
  return {
    request,
    project,
    rules: rulesOf(request, project),
    legacyKnows: knownOfLegacy(project.settings.fields),
  };
}

function rulesOf(request: AuditRequest, project: Project): Inputs['rules'] {
  const given = request.importSince ?? (project.connection.importMode ? 'unknown' : 'never');
  const named = given === 'always' || given === 'never' || given === 'unknown';
  return {
    importHistory: named ? given : { since: momentOf(given) },
    cutover: request.cutover === undefined ? null : momentOf(request.cutover),
  };
}
