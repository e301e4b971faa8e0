import { relative, resolve } from 'node:path';
import type { PlanEvent, PlanResult } from '#contract/plan.ts';
import type { Client } from '#hosts/cli/client.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { writeWhole } from '#hosts/cli/report-files.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { UnfinishedFile } from '#hosts/cli/unfinished-file.ts';
import { untilResult } from '#hosts/cli/until-result.ts';
import { LEFTOVERS_HEAD, leftoverRows } from '#reporters/plan-leftovers.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { planProgressLine, planText } from '#reporters/terminal/plan.ts';

export const PLAN_FORMATS = ['text', 'html', 'markdown', 'json'] as const;

export interface PlanOptions {
  readonly days?: number;
  readonly start?: string;
  readonly cutover?: string;
  readonly tier?: string;
  readonly trial?: readonly string[];
  readonly accessLog?: readonly string[];
  readonly logFormat?: 'csv' | 'ndjson';
  readonly logUser?: string;
  readonly logTime?: string;
  readonly logOnly?: readonly string[];
  readonly leftovers?: string;
  readonly format: (typeof PLAN_FORMATS)[number];
  readonly out?: string;
  readonly personalData?: boolean;
  readonly allow: number;
}

type Request = Parameters<Client['plan']['make']>[0];

/** Makes a plan and writes the files that were asked for. */
export async function runPlan(session: Session, options: PlanOptions): Promise<Answer> {
  const place = (path: string) => resolve(session.surroundings.folder, path);
  const request = requestOf(session, options);
  const list = options.leftovers === undefined ? null : new UnfinishedFile(place(options.leftovers));
  const client = await session.client();
  let result: PlanResult | null;
  try {
    await list?.begin(LEFTOVERS_HEAD);
    ({ result } = await untilResult(
      session,
      async (signal) => written(await client.plan.make(request, { signal }), list),
      (event, width) => cut(planProgressLine(event), width),
      (event): PlanResult | null => (event.type === 'result' ? event.result : null),
    ));
    if (result !== null) await list?.keep();
  } finally {
    await list?.drop();
  }
  if (result === null) return { result: { stopped: true }, text: 'Stopped.\n', exitCode: EXIT.interrupted };
  const text = await formatted(result, options.format, session);
  if (options.out !== undefined) await writeWhole(place(options.out), text);
  const wrote = [options.out, options.leftovers]
    .filter((file) => file !== undefined)
    .map((file) => `Wrote ${relative(session.surroundings.folder, place(file))}.\n`)
    .join('');
  if (options.leftovers !== undefined && options.out === undefined && options.format !== 'text') {
    session.note(wrote.trimEnd());
  }
  const shown = options.out === undefined ? text : '';
  const told = options.out === undefined && options.format !== 'text' ? '' : wrote;
  return {
    result,
    text: `${shown}${shown !== '' && told !== '' ? '\n' : ''}${told}`,
    exitCode: result.verdict === 'clean' ? EXIT.clean : EXIT.findings,
  };
}

/** The events, people taken out of them on their way. */
async function* written(
  events: AsyncIterable<PlanEvent>,
  list: UnfinishedFile | null,
): AsyncGenerator<Exclude<PlanEvent, { type: 'people' | 'text' }>> {
  for await (const event of events) {
    if (event.type === 'people') await list?.add(leftoverRows(event.people));
    else if (event.type !== 'text') yield event;
  }
}

async function formatted(
  result: PlanResult,
  format: PlanOptions['format'],
  session: Session,
): Promise<string> {
  if (format === 'text') return planText(result, session.style);
  return (await import('#hosts/render-plan.ts')).renderPlan(result, format).text;
}

function requestOf(session: Session, options: PlanOptions): Request {
  const { days, start, cutover, tier, trial, leftovers, allow } = options;
  const accessLog = logOf(session, options);
  return {
    project: session.project,
    ...(start === undefined ? {} : { start }),
    ...(days === undefined ? {} : { days }),
    ...(cutover === undefined ? {} : { cutover }),
    ...(tier === undefined ? {} : { tier: tier as NonNullable<Request['tier']> }),
    trials: [...(trial ?? [])],
    ...(accessLog === null ? {} : { accessLog }),
    list: leftovers !== undefined,
    personalData: options.personalData === true,
    allow,
  };
}

function logOf(session: Session, options: PlanOptions): NonNullable<Request['accessLog']> | null {
  const { accessLog, logFormat, logUser, logTime, logOnly } = options;
  if (accessLog === undefined) {
    if (logFormat === undefined && logUser === undefined && logTime === undefined && logOnly === undefined)
      return null;
    throw new UsageError(
      '--log-… says how to read an access log, and none was given',
      'Add --access-log FILE.',
    );
  }
  return {
    files: accessLog.map((file) => resolve(session.surroundings.folder, file)),
    ...(logFormat === undefined ? {} : { format: logFormat }),
    ...(logUser === undefined ? {} : { user: logUser }),
    ...(logTime === undefined ? {} : { time: logTime }),
    only: Object.fromEntries((logOnly ?? []).map(onlyOf)),
  };
}

function onlyOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new UsageError(
      `"${text}" chooses no lines`,
      'Write it as --log-only column=value, like event=login.',
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}
