import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from '#sandbox/build/paths.ts';

export interface KnownDifference {
  /** What a script sees. */
  readonly what: string;
  readonly reason: string;
}

/** What the sandbox is known to do otherwise than plain Node 22, by the path of the value that shows it. */
export const KNOWN_DIFFERENCES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/conformance/known-differences.json'), 'utf8'),
) as Readonly<Record<string, KnownDifference>>;

export const MOST_DIFFERENCES = 24;

export const DIFFERENCES_PAGE = join(PATHS.root, 'docs/sandbox-differences.md');

const INTRODUCTION = `# How the sandbox differs from Node 22

Scripts run on the JavaScript library of Node 22 itself, so what they see is Node 22 unless it is named here. The
conformance suite (\`test/sandbox/conformance\`) runs the same scripts in the sandbox and in the very Node 22 whose
library it is, and compares every value. A difference that is not listed fails the suite, and so does a listed one
that is gone.
`;

const RUNTIME = `## Node 18 or Node 22

The sandbox has one runtime, Node 22, whatever the tenant is set to, and \`process.version\` says so. Every module version
that can be required here declares to run on Node 18 as well, so what can be required does not depend on the choice.

A tenant on Node 18 differs in what a trial here cannot show: no global \`crypto\`, no \`require()\` of ES modules, an older
language (no \`toSorted\`, \`Object.groupBy\`, \`Promise.withResolvers\` or set methods) and older error texts.
\`userferry lint --node 18\` checks the rules that differ for that version; the rest needs one test in the tenant. Node 18
gets no more security updates, so a tenant on it should move to 22 before its users move.
`;

const BY_DESIGN = `## What every script is refused

Files, child processes, worker threads, \`vm\`, HTTP/2 and UDP throw \`ERR_SANDBOX\` when they are used, and the attempt
reports it. \`process.env\` is empty, \`os\` describes no real machine, and connections go only to the legacy database and
the hosts that the project allows. These are the walls of the sandbox, not differences to be repaired.

Some costs have limits that a script which checks passwords does not meet: windows of Brotli and Zstandard above 32 MB,
generated Diffie-Hellman primes above 512 bits, 64 compression streams at once, PBKDF2 above ten million rounds and
scrypt above 256 MB of memory.
`;

const escaped = (text: string) => text.replaceAll('|', '\\|');

/** The page of the manual, from the list that the suite checks. */
export function differencesPage(): string {
  const rows = Object.values(KNOWN_DIFFERENCES).map(
    ({ what, reason }) => `| ${escaped(what)} | ${escaped(reason)} |`,
  );
  const table = ['| Difference | Reason |', '| --- | --- |', ...rows].join('\n');
  return [INTRODUCTION, `## Known differences\n\n${table}\n`, BY_DESIGN, RUNTIME].join('\n');
}
