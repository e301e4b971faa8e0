import type { ExportFormat, ProvenFile, ProvenScript } from '#contract/proof.ts';
import type { Report } from '#contract/report.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { AccountState } from '#domain/migration/account.ts';
import type { ExportContent, ExportContext } from '#engine/exports/export-content.ts';
import { type Judgement, judgementDiagnostics, judgeScript } from '#engine/exports/judge-scripts.ts';
import { connectionWarnings, markerDiagnostics, trialWarnings } from '#engine/exports/script-warnings.ts';
import { Fault } from '#engine/fault.ts';
import type { Rendered, RenderedScript, RenderRequest } from '#engine/ports/exports.ts';
import { inputChecksums } from '#engine/trials/new-record.ts';

/** Scripts and settings of the connection in one of the formats for tenants. */
export async function exportConnection(context: ExportContext): Promise<ExportContent> {
  const { ports, project, request, trials, draft } = context;
  const source = await ports.exports.connectionSource(project);
  const now = inputChecksums(ports, project);
  const ends = request.format === 'end-of-migration';
  const judgements = ends ? [] : source.scripts.map(({ slot }) => judgeScript(slot, now, trials));
  const validated = new Set(judgements.filter(({ reason }) => reason === null).map(({ slot }) => slot));
  const rendered = ports.exports.render({
    format: formatOf(request.format),
    file: source.file,
    scripts: source.scripts.map(({ slot, text }) => ({ slot, text, validated: validated.has(slot) })),
    current: await currentConnection(context),
  });
  const files: ProvenFile[] = [];
  for (const { path, text } of rendered.files) files.push(await draft.write(path, text));
  const scripts = rendered.scripts.map((script) =>
    provenScript((text) => ports.identity.checksum(text), script, judgements, now.scripts),
  );
  return {
    files,
    scripts,
    placeholders: rendered.placeholders,
    diagnostics: [
      ...judgementDiagnostics(judgements, request.allowUnvalidated),
      ...(ends ? endDiagnostics(context) : markerDiagnostics(request.format, source.scripts, project)),
      ...rendered.diagnostics,
      ...connectionWarnings(project, ends ? [] : source.scripts),
      ...trialWarnings(trials, !ends && validated.has('login')),
      ...placeholderNote(rendered),
    ],
  };
}

function formatOf(format: ExportFormat): RenderRequest['format'] {
  if (format === 'import-files') throw new Error('our bug: import files are no connection');
  return format;
}

function currentConnection({ ports, request }: ExportContext) {
  if (request.current === undefined) return null;
  if (request.format !== 'management-api') {
    throw new Fault('input-invalid', `format ${request.format} does not merge with a current connection`, {
      help: 'Leave --current out, or use --format management-api.',
    });
  }
  return ports.exports.jsonFile(request.current, 'a connection of the Management API');
}

function provenScript(
  checksum: (text: string) => string,
  { slot, path, text, origin }: RenderedScript,
  judgements: readonly Judgement[],
  ran: Readonly<Record<string, string>>,
): ProvenScript {
  const base = { slot, path, sha256: checksum(text) };
  if (origin !== 'project') {
    const reason = origin === 'generated' ? 'written by Userferry' : 'was in the tenant before';
    const standing = origin === 'generated' ? ('generated' as const) : ('kept' as const);
    return { ...base, standing, rehearsedSha256: null, trials: [], reason };
  }
  const judgement = judgements.find((one) => one.slot === slot);
  const passed = judgement !== undefined && judgement.reason === null;
  return {
    ...base,
    standing: passed ? 'validated' : 'unvalidated',
    rehearsedSha256: passed ? (ran[slot] ?? null) : null,
    trials: [...(judgement?.trials ?? [])],
    reason: judgement?.reason ?? null,
  };
}

/** Whoever a named trial did not bring across is locked out when the migration ends. */
function endDiagnostics({ trials }: ExportContext): Diagnostic[] {
  return trials.flatMap(({ record, report }) => {
    const last = report.counts.at(-1);
    if (last === undefined) return [];
    const { kind, depth } = record.options;
    const nobodyLoggedIn = kind === 'lazy' && depth !== 'assumed' && depth !== 'proven';
    const behind = last.expected - (nobodyLoggedIn ? last.ok : inTenant(report, last.phase));
    if (behind === 0) return [];
    const message = `In trial ${record.id}, ${behind} of ${last.expected} users did not get across.`;
    return [diagnostic('export.left-behind', message)];
  });
}

/** By state, for `ok` says another thing: some failed users are imported, and some were brought by the other phase. */
function inTenant(report: Report, last: 'lazy' | 'bulk'): number {
  const states = report.coverage.find(({ phase, by }) => phase === last && by === 'state')?.rows ?? [];
  return states.filter(({ value }) => IN_TENANT.has(value)).reduce((sum, { total }) => sum + total, 0);
}

const IN_TENANT: ReadonlySet<string> = new Set<AccountState>([
  'migrated',
  'imported-hash-pending',
  'imported-random-password',
]);

function placeholderNote({ placeholders }: Rendered): Diagnostic[] {
  if (placeholders.length === 0) return [];
  return [diagnostic('export.placeholders', `To be supplied: ${placeholders.join(', ')}.`)];
}
