import type { FormatsEvent, FormatsResult, SearchEvent, SearchResult } from '#contract/passwords.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { hashInput, type HashOptions } from '#hosts/cli/hash-input.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { untilResult } from '#hosts/cli/until-result.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { formatsText } from '#reporters/terminal/hash-formats.ts';
import { hashProgressLine, searchText } from '#reporters/terminal/hash-search.ts';

const SOURCES = ['identifier', 'key', 'credentials', 'samples', 'formats'] as const;

/** Finds out how passwords are stored: for known accounts, or the formats of all users. */
export async function runHash(session: Session, options: HashOptions): Promise<Answer> {
  const given = SOURCES.filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    throw new UsageError(`give one of ${given.map((name) => `--${name}`).join(' and ')}, not both`);
  }
  return options.formats === true ? runFormats(session, options) : runSearch(session, options);
}

async function runSearch(session: Session, options: HashOptions): Promise<Answer> {
  const input = await hashInput(session, options);
  const client = await session.client();
  const { timeLimit } = options;
  const { result } = await untilResult(
    session,
    (signal) =>
      client.passwords.search(
        { ...input, ...(timeLimit === undefined ? {} : { timeLimitMs: timeLimit * 1000 }) },
        { signal },
      ),
    (event: SearchEvent, width) => cut(hashProgressLine(event), width),
    (event): SearchResult | null => (event.type === 'result' ? event.result : null),
  );
  const cancelled =
    result === null ||
    result.answers.some(({ verdict }) => verdict.kind === 'stopped' && verdict.reason === 'cancelled');
  if (cancelled) return stopped();
  const good =
    result.answers.length > 0 && result.answers.every(({ verdict }) => verdict.kind === 'importable');
  return {
    result,
    text: searchText(result, session.style),
    exitCode: good ? EXIT.clean : EXIT.findings,
  };
}

async function runFormats(session: Session, options: HashOptions): Promise<Answer> {
  const client = await session.client();
  const { result } = await untilResult(
    session,
    (signal) => client.passwords.formats({ project: session.project }, { signal }),
    (event: FormatsEvent, width) => cut(hashProgressLine(event), width),
    (event): FormatsResult | null => (event.type === 'result' ? event.result : null),
  );
  if (result === null) return stopped();
  const { passwordHash, custom } = result.routes;
  const left = result.users - passwordHash - custom;
  return {
    result,
    text: formatsText(result, session.style),
    exitCode: left > options.allow ? EXIT.findings : EXIT.clean,
  };
}

function stopped(): Answer {
  return { result: { stopped: true }, text: 'Stopped.\n', exitCode: EXIT.interrupted };
}
