import type { PlanFormat, PlanResult } from '#contract/plan.ts';
import type { Report, ReportFormat } from '#contract/report.ts';
import type { PeopleText } from '#engine/ports/people-text.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Secret } from '#domain/secret.ts';
import type { ReadAccessLog } from '#engine/ports/access-log.ts';
import type { OpenAuditWork } from '#engine/ports/audit-work.ts';
import type { OpenBulkImport } from '#engine/ports/bulk-import.ts';
import type { Clock } from '#engine/ports/clock.ts';
import type { ExportPort } from '#engine/ports/exports.ts';
import type { MarkScript } from '#engine/ports/mark-script.ts';
import type { HashLab } from '#engine/ports/hash-lab.ts';
import type { ReadImportFile } from '#engine/ports/import-files.ts';
import type { OpenLegacy } from '#engine/ports/legacy-access.ts';
import type { EditSettings, InspectLegacy } from '#engine/ports/legacy-inspection.ts';
import type { PasswordVerifier } from '#engine/ports/password-verifier.ts';
import type { Project, ProjectStore } from '#engine/ports/project-store.ts';
import type { ReplicaOpener } from '#engine/ports/replica.ts';
import type { ReplicaComparer } from '#engine/ports/replica-comparison.ts';
import type { ScriptLanguage } from '#engine/ports/script-language.ts';
import type { ScriptLinter } from '#engine/ports/script-linter.ts';
import type { ScriptFiles } from '#engine/ports/script-files.ts';
import type { ScriptRunner, ScriptRunnerOptions } from '#engine/ports/script-runner.ts';
import type { ProjectLock, TrialFolders } from '#engine/ports/trial-folders.ts';
import type { Workbench } from '#engine/ports/workbench.ts';

export interface InitRequest {
  readonly folder: string;
  readonly from: string;
  readonly name?: string | undefined;
  readonly users?: number | undefined;
  readonly seed?: number | undefined;
}

export interface InitResult {
  readonly folder: string;
  readonly files: readonly string[];
  /** Commands that make sense next, without the program's name. */
  readonly next: readonly string[];
}

export interface ScriptModuleInfo {
  readonly name: string;
  readonly versions: readonly string[];
  readonly default: string;
  readonly testedAgainst: string;
}

export interface RenderedReport {
  /** Without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  readonly text: string;
}

/** Randomness and digests. */
export interface Identity {
  /** Unique and sortable by time: `2026-11-24-1a2b3c`. */
  trialId(nowMs: number): string;
  /** SHA-256 of the text, hex. */
  checksum(text: string): string;
  /** A password that occurs nowhere else, for assumed checks and refusals. */
  password(): Secret;
}

export interface Versions {
  readonly userferry: string;
  readonly node: string;
  /** Version of the Node library that scripts see. */
  readonly scriptRuntime: string;
}

/** Everything the engine needs from outside, built once by a host. */
export interface Ports {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly versions: Versions;
  readonly projects: ProjectStore;
  readonly trialFolders: TrialFolders;
  readonly replicas: ReplicaOpener;
  readonly openBulkImport: OpenBulkImport;
  readonly passwords: PasswordVerifier;
  readonly openLegacy: OpenLegacy;
  readonly searchHash: HashLab;
  readonly openAuditWork: OpenAuditWork;
  readonly readAccessLog: ReadAccessLog;
  /** The migration marker by syntax tree; pure. */
  readonly markScript: MarkScript;
  readonly scriptFiles: ScriptFiles;
  readonly inspectLegacy: InspectLegacy;
  readonly editSettings: EditSettings;
  /** What `init` wrote for a connection like this one: such values nobody has set by hand. */
  readonly starterSettings: (project: Project) => Pick<Project['settings'], 'users' | 'fields'>;
  readonly exports: ExportPort;
  readonly defaultWorkers: number;
  initProject(request: InitRequest): Promise<InitResult>;
  readonly readImportFile: ReadImportFile;
  checkProject(project: Project): Promise<readonly Diagnostic[]>;
  /** Known passwords by identifier (lower case), from the project's credentials file; empty without one. */
  credentials(project: Project): Promise<ReadonlyMap<string, Secret>>;
  lockProject(folder: string): Promise<ProjectLock>;
  createScriptRunner(options: ScriptRunnerOptions): Promise<ScriptRunner>;
  readonly comparer: ReplicaComparer;
  readonly linter: ScriptLinter;
  readonly workbench: Workbench;
  readonly language: ScriptLanguage;
  renderReport(report: Report, format: ReportFormat): RenderedReport;
  renderPlan(plan: PlanResult, format: PlanFormat): RenderedReport;
  readonly peopleText: PeopleText;
  scriptModules(): readonly ScriptModuleInfo[];
}
