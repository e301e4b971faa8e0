import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LintFinding, LintInput, ScriptLinter } from '#engine/ports/script-linter.ts';
import { lintOldCode } from '#lint/pipeline/lint-old-code.ts';
import { lintDiagnostic, type LintCode, type Report, type Rule } from '#lint/rule.ts';
import { answerRule } from '#lint/rules/answers.ts';
import { callbackRule } from '#lint/rules/callback.ts';
import { configurationRule, logRule } from '#lint/rules/configuration.ts';
import { driverRule } from '#lint/rules/drivers.ts';
import { errorRule } from '#lint/rules/errors.ts';
import { globalRule } from '#lint/rules/globals.ts';
import { hashRule } from '#lint/rules/hashing.ts';
import { injectionRule } from '#lint/rules/injection.ts';
import { moduleRule } from '#lint/rules/modules.ts';
import { nameRule, nodeApiRule } from '#lint/rules/names.ts';
import { profileRule } from '#lint/rules/profile.ts';
import { responseRule } from '#lint/rules/responses.ts';
import { secretRule, tlsRule } from '#lint/rules/secrets.ts';
import { checkShape } from '#lint/rules/shape.ts';
import { slotRule } from '#lint/rules/slots.ts';
import { tediousRule } from '#lint/rules/tedious.ts';
import { throwRule } from '#lint/rules/throws.ts';
import { timeoutRule } from '#lint/rules/timeouts.ts';
import { modelOf } from '#lint/script-model.ts';
import { applySuppressions } from '#lint/suppressions.ts';
import { configurationUses } from '#project/configuration-uses.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

const RULES: readonly Rule[] = [
  callbackRule,
  throwRule,
  errorRule,
  answerRule,
  responseRule,
  moduleRule,
  nodeApiRule,
  driverRule,
  tediousRule,
  timeoutRule,
  globalRule,
  configurationRule,
  logRule,
  secretRule,
  tlsRule,
  injectionRule,
  hashRule,
  profileRule,
  slotRule,
];

/** Everything that the text of one script shows without being run, in the order of its lines. */
export function lintScript(input: LintInput): Diagnostic[] {
  return examine(input).kept;
}

export const scriptLinter: ScriptLinter = {
  lint: (input) => {
    const { kept, hidden } = examine(input);
    const lines = input.text.split(/\r?\n/);
    return kept.map((diagnostic): LintFinding => {
      const line = diagnostic.place?.kind === 'script' ? diagnostic.place.line : undefined;
      const source = line === undefined ? null : (lines[line - 1] ?? null);
      return { diagnostic, source: source !== null && hidden.has(line!) ? blanked(source) : source };
    });
  },
  oldCode: lintOldCode,
  unusedConfiguration: (texts, names) => {
    const used = new Set<string>();
    for (const text of texts) {
      const parsed = parseScript(text);
      if (isParseError(parsed)) return [];
      const uses = configurationUses(parsed);
      if (!uses.complete) return [];
      for (const { name } of uses.names) used.add(name);
    }
    return names.filter((name) => !used.has(name));
  },
};

const SECRETS: ReadonlySet<LintCode> = new Set(['lint.secret-in-script', 'lint.connection-string-in-script']);

interface Examined {
  readonly kept: Diagnostic[];
  /** Lines whose texts must not be shown, also where the finding about them is silenced. */
  readonly hidden: ReadonlySet<number>;
}

function examine(input: LintInput): Examined {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const hidden = new Set<number>();
  const report: Report = (code, at, message, extra) => {
    const made = lintDiagnostic(input.slot, code, at, message, extra);
    const key = JSON.stringify([code, made.place, message]);
    if (seen.has(key)) return;
    seen.add(key);
    found.push(made);
    if (!SECRETS.has(code) || !('type' in at)) return;
    for (let line = at.loc!.start.line; line <= at.loc!.end.line; line++) hidden.add(line);
  };
  const { fn, alone } = checkShape(input, report);
  if (fn !== null) {
    const script = modelOf(input.text, input.slot, fn);
    for (const rule of RULES) rule(script, report, input);
    // Names of a second function beside this one would all seem undeclared.
    if (alone) nameRule(script, report, input);
  }
  const late: Diagnostic[] = [];
  const kept = applySuppressions(input.text, found, (code, at, message, extra) => {
    late.push(lintDiagnostic(input.slot, code, at, message, extra));
  });
  return { kept: [...kept, ...late].sort(byPlace), hidden };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const at = ({ place }: Diagnostic) =>
    place?.kind === 'script' ? [place.line ?? 0, place.column ?? 0] : [0, 0];
  const [[lineA, columnA], [lineB, columnB]] = [at(a), at(b)];
  return lineA! - lineB! || columnA! - columnB!;
}

/** Quoted texts as dots of the same length; the whole line where no quote closes in it. */
function blanked(line: string): string {
  const quoted = /(['"`])((?:\\.|(?!\1).)*)\1/g;
  if (!quoted.test(line)) return line.replaceAll(/\S/g, '·');
  const plain = line.replaceAll(quoted, (_all, quote: string, inner: string) => {
    return `${quote}${'·'.repeat(inner.length)}${quote}`;
  });
  return /[`'"]/.test(plain.replaceAll(/(['"`])·*\1/g, '')) ? line.replaceAll(/\S/g, '·') : plain;
}
