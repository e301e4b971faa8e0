import { NativeModuleMissing } from '#hosts/native-modules.ts';
import { EXIT, type ExitCode } from '#hosts/cli/exit-code.ts';
import { plain } from '#reporters/escape.ts';
import { labelled, paint, type Style } from '#reporters/terminal/style.ts';

/** Wrong use of a command that only its own code can see. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** Trouble in the form it is printed and written as JSON: what, where, why, how to go on. */
export interface Trouble {
  readonly kind: string;
  readonly message: string;
  readonly where?: string;
  readonly doing?: string;
  readonly help?: string;
  readonly retryable?: boolean;
}

interface Reply {
  readonly code: string;
  readonly message: string;
  readonly data: unknown;
}

/** Turns whatever a command threw into one clean block. Unknown errors are ours and say so. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof UsageError) {
    return {
      kind: 'usage',
      message: error.message,
      ...(error.help === undefined ? {} : { help: error.help }),
    };
  }
  if (error instanceof NativeModuleMissing) return { kind: 'installation', message: error.message };
  if (isReply(error)) return troubleOfReply(error);
  if (isFileError(error)) {
    return {
      kind: 'file',
      message: `${fileTrouble(error.code)} (${error.code})`,
      ...(error.path === undefined ? {} : { where: error.path }),
      help: FILE_HELP[error.code] ?? 'Check the path and who may write there.',
    };
  }
  return {
    kind: 'bug',
    message: 'met a state that should not exist',
    doing: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    help: 'This is a mistake of ours. Run the command again with --debug and report what it prints.',
  };
}

function troubleOfReply(reply: Reply): Trouble {
  const data = (typeof reply.data === 'object' && reply.data !== null ? reply.data : {}) as Record<
    string,
    unknown
  >;
  const text = (name: string) => (typeof data[name] === 'string' ? { [name]: data[name] } : {});
  if (reply.code === 'FAULT') {
    return {
      kind: typeof data['kind'] === 'string' ? data['kind'] : 'fault',
      message: reply.message,
      ...text('where'),
      ...text('doing'),
      ...text('help'),
      retryable: data['retryable'] === true,
    };
  }
  if (reply.code === 'BAD_REQUEST') {
    return {
      kind: 'usage',
      message: badRequest(data['issues']),
      help: 'Run the command with --help to see what it takes.',
    };
  }
  return {
    kind: 'bug',
    message: reply.message,
    help: 'This is a mistake of ours. Run the command again with --debug and report what it prints.',
  };
}

function badRequest(issues: unknown): string {
  if (!Array.isArray(issues)) return 'a value does not fit';
  return issues
    .map((issue: { readonly path?: readonly unknown[]; readonly message?: string }) => {
      const path = (issue.path ?? []).map((part) =>
        typeof part === 'object' && part !== null && 'key' in part ? String(part.key) : String(part),
      );
      return `${path.length === 0 ? 'input' : path.join('.')}: ${issue.message ?? 'does not fit'}`;
    })
    .join('; ');
}

function isReply(error: unknown): error is Error & Reply {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'data' in error;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code in FILE_TROUBLE
  );
}

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'a folder stands where a file should be',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'it exists already',
};

const FILE_HELP: Readonly<Record<string, string>> = {
  ENOENT: 'Check the spelling of the path.',
  EACCES: 'Choose a place that this account may use, or ask its owner.',
  EROFS: 'Choose a folder on a file system that can be written to.',
  ENOSPC: 'Free some space and run the command again.',
  EEXIST: 'Choose another name, or move what is there out of the way.',
};

function fileTrouble(code: string): string {
  return FILE_TROUBLE[code] ?? 'a file could not be used';
}

export function exitCodeOfTrouble(trouble: Trouble): ExitCode {
  return trouble.kind === 'cancelled' ? EXIT.interrupted : EXIT.failed;
}

/** Kinds that say nothing beyond the message. */
const CODED: ReadonlySet<string> = new Set(['usage', 'file', 'installation', 'bug', 'cancelled']);

/** The block for people: what, where, why, how to go on. */
export function troubleText(trouble: Trouble, style: Style): string {
  const label = (name: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : labelled(name.padEnd(8), text, style, 2);
  return [
    `${paint(style, 'red', 'userferry:')} ${plain(trouble.message.replace(/^userferry /, ''))}`,
    ...label('fault', CODED.has(trouble.kind) ? undefined : trouble.kind),
    ...label('where', trouble.where),
    ...label(trouble.kind === 'bug' ? 'why' : 'while', trouble.doing),
    ...label('go on', trouble.help),
    ...(trouble.retryable === true && trouble.help === undefined
      ? label('go on', 'Trying again may help.')
      : []),
    '',
  ].join('\n');
}
