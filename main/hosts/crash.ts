import process from 'node:process';

/** As everything else that is not the user's fault. */
const FAILED = 2;

/**
 * For what nobody caught. Node itself would print the error with all its parts, statements of databases and their
 * values among them, and end with the code that means findings.
 */
export function tellCrashes(debug: boolean): void {
  // Whoever has Node write reports gets them without the environment, which holds passwords.
  process.report.excludeEnv = true;
  process.on('uncaughtException', (cause: unknown) => {
    process.stderr.write(`userferry: ${crashText(cause, debug)}\n`);
    process.exit(FAILED);
  });
}

function crashText(cause: unknown, debug: boolean): string {
  if (debug) return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const place = /main\/([\w/-]+\.ts):(\d+)/.exec(stack);
  const where = place === null ? '' : ` at ${place[1]}:${place[2]}`;
  const name = cause instanceof Error ? cause.name : typeof cause;
  return `met a state that should not exist${where}: ${/^\w{1,60}$/.test(name) ? name : 'Error'} (--debug says more)`;
}
