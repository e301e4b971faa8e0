import { CATALOG, type DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { ScriptRule } from '#domain/diagnostics/script-rule.ts';
import { SCRIPT_RULES } from '#domain/diagnostics/script-rules.ts';
import { LINT_ONLY_UNNUMBERED, RUN_ONLY_UNNUMBERED } from '#domain/diagnostics/unnumbered-codes.ts';

const INTRODUCTION = `# Rules for action scripts

Every rule for database action scripts with the codes under which breaking it is reported. A code means the same
wherever it comes from: \`userferry lint\` finds it in the text, \`userferry try\`, trials and flows find it when the script
runs. Where both can, it is one code with one entry: \`userferry explain CODE\` prints it, and a comment
\`userferry-ignore CODE: reason\` silences what the linter says. Codes that the settings or the legacy data show come
from \`userferry check\`, \`inspect\` and \`export\`.

| Number | Rule | In the text and in a run | In the text only | In a run only | Before any run |
| --- | --- | --- | --- | --- | --- |`;

/** The page `docs/script-rules.md`, made from the table that the checkers are held to. */
export function scriptRulesDocs(): string {
  const notes = SCRIPT_RULES.filter(({ note }) => note !== undefined).map(
    ({ number, note }) => `- Rule ${number}: ${note}`,
  );
  return [
    INTRODUCTION,
    ...SCRIPT_RULES.map(row),
    '',
    '## What the table leaves open',
    '',
    ...notes,
    '',
    '## Codes without a rule',
    '',
    'They tell about the comments that silence findings, or about a run and not about the script.',
    '',
    ...[...LINT_ONLY_UNNUMBERED, ...RUN_ONLY_UNNUMBERED].map(
      (code) => `- \`${code}\`: ${CATALOG[code].title}`,
    ),
    '',
  ].join('\n');
}

function row({ number, says, text, run, project }: ScriptRule): string {
  const both = text.filter((code) => run.includes(code));
  const only = (codes: readonly DiagnosticCode[]): readonly DiagnosticCode[] =>
    codes.filter((code) => !both.includes(code));
  const cells = [both, only(text), only(run), project].map((codes) =>
    codes.map((code) => `\`${code}\``).join(' '),
  );
  return `| ${[number, says, ...cells].join(' | ')} |`;
}
