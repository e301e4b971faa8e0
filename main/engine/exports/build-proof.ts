import { type Proof, PROOF_VERSION, proofSchema } from '#contract/proof.ts';
import type { ExportRequest } from '#contract/exports.ts';
import type { ExportContent } from '#engine/exports/export-content.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';
import { requiredModules } from '#engine/exports/required-modules.ts';
import { sealOf } from '#engine/exports/seal.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { assumptionsInForce } from '#engine/report/assumptions-in-force.ts';
import { inputChecksums } from '#engine/trials/new-record.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';

export interface ProofFacts {
  readonly project: Project;
  readonly request: ExportRequest;
  readonly trials: readonly NamedTrial[];
  readonly content: ExportContent;
}

/** Everything an export can be held to later, sealed. */
export function buildProof(ports: Ports, { project, request, trials, content }: ProofFacts): Proof {
  const { settings } = project;
  const checksum = (text: string): string => ports.identity.checksum(text);
  const now = inputChecksums(ports, project).settings;
  const proof: Omit<Proof, 'seal'> = {
    version: PROOF_VERSION,
    generatedAt: new Date(ports.clock.now()).toISOString(),
    format: request.format,
    project: settings.name,
    connection: settings.connection,
    accepted: {
      failedUsers: request.allow,
      unvalidatedScripts: request.allowUnvalidated,
      randomPasswords: request.acceptRandomPasswords,
    },
    files: content.files.map((file) => ({ ...file })),
    scripts: content.scripts.map((script) => ({ ...script })),
    settings: {
      sha256: now,
      mappingSha256: checksum(JSON.stringify([settings.users, settings.fields])),
      sameAsRehearsed: trials.length > 0 && trials.every(({ record }) => record.inputs.settings === now),
    },
    trials: trials.map(({ proven }) => proven),
    versions: {
      userferry: ports.versions.userferry,
      node: ports.versions.node,
      scriptRuntime: ports.versions.scriptRuntime,
      modules: [...modulesOf(ports, project, content)],
    },
    placeholders: [...content.placeholders],
    assumptions: assumptionsInForce(
      trials[0]?.record.assumptions ?? resolveAssumptions(settings.assumptions).assumptions,
    ),
    warnings: content.diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, message }) => ({ code, message })),
  };
  // Parsed, so that members stand in the order of the schema: a reader's copy gives the same text, and so the same seal.
  const ordered = proofSchema.omit({ seal: true }).parse(proof);
  return { ...ordered, seal: sealOf(ordered, checksum) };
}

function modulesOf(ports: Ports, project: Project, { scripts }: ExportContent): readonly string[] {
  const exported = new Set(
    scripts
      .filter(({ standing }) => standing === 'validated' || standing === 'unvalidated')
      .map(({ slot }) => slot),
  );
  const texts = [...project.scripts.values()]
    .filter(({ slot }) => exported.has(slot))
    .map(({ text }) => text);
  return requiredModules(texts, ports.scriptModules());
}
