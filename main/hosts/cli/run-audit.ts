import { existsSync } from 'node:fs';
import { extname, relative, resolve } from 'node:path';
import type { AuditEvent, AuditResult } from '#contract/audit.ts';
import type { Client } from '#hosts/cli/client.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { writeWhole } from '#hosts/cli/report-files.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { UnfinishedFile } from '#hosts/cli/unfinished-file.ts';
import { untilResult } from '#hosts/cli/until-result.ts';
import { AUDIT_LISTS, type AuditListFormat } from '#reporters/audit-list.ts';
import { jsonText } from '#reporters/escape.ts';
import { auditHtml } from '#reporters/html/audit.ts';
import { auditProgressLine, auditText } from '#reporters/terminal/audit.ts';
import { cut } from '#reporters/terminal/cells.ts';

export interface AuditOptions {
  readonly against?: readonly string[];
  readonly format?: 'ndjson' | 'csv';
  readonly columns?: readonly string[];
  readonly connection?: string;
  readonly marker?: readonly string[];
  readonly importSince?: string;
  readonly cutover?: string;
  readonly state?: string;
  readonly domain?: string;
  readonly since?: string;
  readonly list?: string;
  readonly out?: string;
  readonly personalData?: boolean;
  readonly values?: boolean;
  readonly allow: number;
}

type Request = Parameters<Client['audit']['run']>[0];
type States = NonNullable<NonNullable<Request['filter']>['states']>;

const WIDE = { width: 100, colour: false } as const;
const REPORTS: Readonly<Record<string, (result: AuditResult) => string>> = {
  '.html': auditHtml,
  '.json': (result) => `${jsonText(result, 2)}\n`,
  '.txt': (result) => auditText(result, WIDE),
};

const LISTS: Readonly<Record<string, AuditListFormat>> = {
  '.ndjson': AUDIT_LISTS.ndjson,
  '.jsonl': AUDIT_LISTS.ndjson,
  '.csv': AUDIT_LISTS.csv,
};

/** People on their way to a file. */
interface List {
  readonly file: UnfinishedFile;
  readonly format: AuditListFormat;
}

/** Runs an audit and writes the files that were asked for. */
export async function runAudit(session: Session, options: AuditOptions): Promise<Answer> {
  const place = (path: string) => resolve(session.surroundings.folder, path);
  const report = options.out === undefined ? null : reportOf(options.out);
  const request = requestOf(session, options);
  const list =
    options.list === undefined
      ? null
      : { file: new UnfinishedFile(place(options.list)), format: listFormatOf(options.list) };
  const client = await session.client();
  let result: AuditResult | null;
  try {
    ({ result } = await untilResult(
      session,
      async (signal) => written(await client.audit.run(request, { signal }), list),
      (event, width) => cut(auditProgressLine(event), width),
      (event): AuditResult | null => (event.type === 'result' ? event.result : null),
    ));
    if (result !== null) await list?.file.keep();
  } finally {
    await list?.file.drop();
  }
  if (result === null) return { result: { stopped: true }, text: 'Stopped.\n', exitCode: EXIT.interrupted };
  const files: string[] = options.list === undefined ? [] : [options.list];
  if (report !== null) {
    await writeWhole(place(options.out!), report(result));
    files.push(options.out!);
  }
  const wrote = files
    .map((file) => `Wrote ${relative(session.surroundings.folder, place(file))}.\n`)
    .join('');
  return {
    result,
    text: `${auditText(result, session.style)}${wrote === '' ? '' : `\n${wrote}`}`,
    exitCode: result.verdict === 'clean' ? EXIT.clean : EXIT.findings,
  };
}

/** The events, people taken out of them on their way. */
async function* written(
  events: AsyncIterable<AuditEvent>,
  list: List | null,
): AsyncGenerator<Exclude<AuditEvent, { type: 'people' | 'started' | 'text' }>> {
  for await (const event of events) {
    if (event.type === 'started') await list?.file.begin(list.format.head(event.header));
    else if (event.type === 'people') await list?.file.add(list.format.people(event.people));
    else if (event.type !== 'text') yield event;
  }
}

function listFormatOf(file: string): AuditListFormat {
  const format = LISTS[extname(file).toLowerCase()];
  if (format === undefined)
    throw new UsageError(`"${file}" says no form of list`, 'Name the file .ndjson or .csv.');
  return format;
}

function reportOf(file: string): (result: AuditResult) => string {
  const report = REPORTS[extname(file).toLowerCase()];
  if (report === undefined) {
    throw new UsageError(`"${file}" says no form of report`, 'Name the file .html, .json or .txt.');
  }
  return report;
}

function requestOf(session: Session, options: AuditOptions): Request {
  const { connection, format, domain, cutover, importSince } = options;
  return {
    project: session.project,
    against: againstOf(session, options, {
      ...(format === undefined ? {} : { format }),
      ...(connection === undefined ? {} : { connection }),
      columns: Object.fromEntries((options.columns ?? []).map(columnOf)),
    }),
    ...(options.marker === undefined ? {} : { markers: options.marker.map(markerOf) }),
    ...(importSince === undefined ? {} : { importSince }),
    ...(cutover === undefined ? {} : { cutover }),
    filter: {
      ...(options.state === undefined
        ? {}
        : { states: options.state.split(',').map((one) => one.trim()) as States }),
      ...(domain === undefined ? {} : { domain }),
    },
    ...(options.since === undefined ? {} : { since: sinceOf(session, options.since) }),
    list: options.list !== undefined,
    personalData: options.personalData === true,
    values: options.values === true,
    allow: options.allow,
  };
}

/** One word that is no file is a trial. */
function againstOf(
  session: Session,
  { against }: AuditOptions,
  how: Omit<Extract<Request['against'], { kind: 'export' }>, 'kind' | 'files'>,
): Request['against'] {
  const [first, ...others] = against ?? [];
  if (first === undefined) {
    throw new UsageError(
      'nothing was said to audit against',
      'Add --against with the files of a user export, or with the id of a trial.',
    );
  }
  const paths = [first, ...others].map((one) => resolve(session.surroundings.folder, one));
  const isTrial = others.length === 0 && /^[a-z0-9][a-z0-9-]*$/.test(first) && !existsSync(paths[0]!);
  return isTrial ? { kind: 'trial', trial: first } : { kind: 'export', files: paths, ...how };
}

function columnOf(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw new UsageError(
      `"${text}" is no renamed column`,
      'Write it as --columns "Heading=field", like Id=user_id.',
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

function markerOf(text: string): NonNullable<Request['markers']>[number] {
  const [flag, time, by] = text.split(',').map((part) => part.trim().replace(/^app_metadata\./, ''));
  return {
    flag: flag ?? '',
    ...(time === undefined || time === '' ? {} : { time }),
    ...(by === undefined || by === '' ? {} : { by }),
  };
}

function sinceOf(session: Session, text: string): NonNullable<Request['since']> {
  if (/^\d{4}-\d{2}-\d{2}(T\S+)?$/.test(text)) return { kind: 'date', date: text };
  return { kind: 'audit', file: resolve(session.surroundings.folder, text) };
}
