import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Json } from '#domain/json.ts';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import type { Sandbox } from '#test/script-runner.ts';
import { runPlainNode } from './plain-node.ts';
import type { SlotScript } from './slot-scripts.ts';

/** How one call of a script went, as both sides tell it. */
export interface SlotOutcome {
  readonly ending: string;
  readonly value: Json;
  readonly error: Readonly<Record<string, Json>> | null;
  readonly calledAgain: boolean;
  /** Messages of errors after the first thing that ended the call. */
  readonly afterwards: readonly string[];
}

const PROGRAM = join(import.meta.dirname, '../../fixtures/conformance/plain-slots.cjs');
const CONFIGURATION = { KEY: 'value', OTHER: '' };
/** How long plain Node waits for what comes after the callback. */
const SETTLE_MS = 15;

export async function runSlotsInPlainNode(
  scripts: readonly SlotScript[],
): Promise<Readonly<Record<string, SlotOutcome>>> {
  const input = { scripts, configuration: CONFIGURATION, settleMs: SETTLE_MS };
  return (await runPlainNode(PROGRAM, input)) as Record<string, SlotOutcome>;
}

export async function runSlotsInSandbox(
  sandbox: Sandbox,
  scripts: readonly SlotScript[],
): Promise<Readonly<Record<string, SlotOutcome>>> {
  const outcomes: [string, SlotOutcome][] = [];
  for (const { name, slot, text, args } of scripts) {
    const checksum = createHash('sha256').update(text).digest('hex');
    const run = await sandbox.run(text, {
      script: { slot, text, checksum },
      args,
      configuration: CONFIGURATION,
      password: null,
    });
    outcomes.push([name, outcomeOf(run)]);
  }
  return Object.fromEntries(outcomes);
}

function outcomeOf({ ending, value, error, findings }: ScriptRun): SlotOutcome {
  const of = (code: string) => findings.filter((finding) => finding.code === code);
  const { stack: _, column: __, ...kept } = error ?? { line: undefined };
  return {
    ending,
    value,
    error: error === null ? null : { ...kept, line: kept.line ?? null },
    calledAgain: of('script.called-twice').length > 0,
    afterwards: of('script.threw-after-callback').map(({ message }) => message.replace(/^\w+: /, '')),
  };
}
