import type { ExportResult } from '#contract/exports.ts';
import type { Proof, ProvenScript } from '#contract/proof.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count } from '#reporters/numbers.ts';
import { diagnosticLines } from '#reporters/terminal/diagnostics.ts';
import { box, table } from '#reporters/terminal/table.ts';
import { heading, type Style } from '#reporters/terminal/style.ts';

const ORDER = ['error', 'warning', 'note'] as const;
/** More files than this are told by their number only. */
const MOST_FILES = 12;

/** What an export wrote, or what is in its way; findings first, as a check shows them. */
export function exportText(result: ExportResult, style: Style): string {
  const sorted = ORDER.flatMap((severity) => result.diagnostics.filter((one) => one.severity === severity));
  const findings = sorted.flatMap((one) => [...diagnosticLines(one, style), '']);
  const { proof } = result;
  const end =
    proof === null
      ? refusal(result, style)
      : [...contents(proof, style), '', ...closing(result, proof, style)];
  return `${[...findings, ...end].join('\n')}\n`;
}

function refusal({ diagnostics }: ExportResult, style: Style): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return box(
    ['NOT EXPORTED', `${count(errors)} error${errors === 1 ? '' : 's'}; nothing was written`],
    style,
    'red',
  );
}

function contents(proof: Proof, style: Style): readonly string[] {
  const shown = proof.files.length > MOST_FILES ? proof.files.slice(0, MOST_FILES) : proof.files;
  const more = proof.files.length - shown.length;
  const columns = [
    { title: 'File', align: 'left', flexible: true },
    { title: 'Size', align: 'right' },
    { title: 'Script', align: 'left' },
  ] as const;
  const rows = shown.map((file) => [
    plain(file.path),
    bytes(file.bytes),
    proof.scripts
      .filter(({ path }) => path === file.path)
      .map(({ slot, standing }) => `${plain(slot)} ${standing}`)
      .join(', '),
  ]);
  return [
    heading('Files', style),
    ...table(columns, rows, style),
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
  ];
}

export function standingText({ slot, standing, trials }: ProvenScript): string {
  if (standing !== 'validated') return `${plain(slot)} ${standing}`;
  return `${slot} validated by ${trials.length === 1 ? 'trial' : 'trials'} ${trials.join(', ')}`;
}

function closing({ folder, signed }: ExportResult, proof: Proof, style: Style): readonly string[] {
  const unvalidated = proof.scripts.filter(({ standing }) => standing === 'unvalidated').length;
  return box(
    [
      `EXPORTED  ${plain(proof.connection)} as ${proof.format}`,
      plain(folder),
      `seal ${proof.seal.slice(0, 16)}, ${signed ? 'signed' : 'not signed'}`,
    ],
    style,
    unvalidated > 0 ? 'yellow' : 'green',
  );
}
