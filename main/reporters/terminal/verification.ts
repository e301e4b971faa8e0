import type { ExportChange, Verification } from '#contract/exports.ts';
import type { Proof } from '#contract/proof.ts';
import { plain } from '#reporters/escape.ts';
import { count, users } from '#reporters/numbers.ts';
import { standingText } from '#reporters/terminal/export.ts';
import { box } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';

const SIGNATURES = {
  unsigned: 'not signed: whoever can write this folder can also write its proof anew',
  'not-checked': 'the proof is signed, which was not checked: give the public key with --key',
  valid: 'the proof is signed with the given key',
  invalid: 'the signature does not fit the proof: one of them was edited',
  'other-key': 'the proof is signed with another key than the given one',
  missing: 'there is no signature, though a key was given',
} as const satisfies Record<Verification['signature'], string>;

const TITLES = {
  changed: 'changed',
  'line-ends': 'line ends changed',
  added: 'added',
  removed: 'removed',
  'not-a-file': 'no plain file',
  'proof-edited': 'edited',
} as const satisfies Record<ExportChange['kind'], string>;

/** Whether a folder is still what was exported; what differs, and what the proof stands for. */
export function verificationText(result: Verification, style: Style): string {
  const { proof, changes, intact, signature } = result;
  const verdict = intact ? 'INTACT' : 'NOT INTACT';
  const differences =
    changes.length === 0
      ? 'every file is as it was exported'
      : `${count(changes.length)} difference${changes.length === 1 ? '' : 's'}`;
  return `${[
    ...changes.flatMap((change) => [...changeLines(change, style), '']),
    ...proofLines(proof, style),
    '',
    ...box(
      [`${verdict}  ${plain(proof.connection)} as ${proof.format}`, differences, SIGNATURES[signature]],
      style,
      intact ? (signature === 'valid' ? 'green' : 'yellow') : 'red',
    ),
  ].join('\n')}\n`;
}

function changeLines({ path, kind, lines, meaning }: ExportChange, style: Style): readonly string[] {
  return [
    `${paint(style, 'red', '✗')} ${paint(style, 'bold', plain(path))}  ${TITLES[kind]}${lineText(lines)}`,
    ...labelled('  ', meaning, style, 0),
  ];
}

function lineText({ before, now }: ExportChange['lines']): string {
  if (before === null && now === null) return '';
  if (before === null) return `, ${count(now!)} lines`;
  if (now === null) return `, had ${count(before)} lines`;
  const difference = now - before;
  if (difference === 0) return `, still ${count(now)} lines`;
  return `, ${count(before)} lines then, ${count(now)} now (${difference > 0 ? '+' : '−'}${count(Math.abs(difference))})`;
}

function proofLines(proof: Proof, style: Style): readonly string[] {
  const line = (label: string, text: string) => labelled(label.padEnd(11), text, style, 2);
  return [
    heading('What the proof says', style),
    ...line('exported', `${proof.generatedAt} with Userferry ${proof.versions.userferry}`),
    ...proof.scripts.flatMap((script) => line('script', standingText(script))),
    ...proof.trials.flatMap((trial) => line('trial', trialText(trial, proof.accepted.failedUsers))),
    ...line('settings', proof.settings.sameAsRehearsed ? 'as rehearsed' : 'not those of the trials'),
    ...(proof.placeholders.length === 0 ? [] : line('to supply', proof.placeholders.join(', '))),
  ];
}

function trialText({ id, kind, depth, counts, verdict }: Proof['trials'][number], allowed: number): string {
  const phases = counts.map(
    ({ phase, expected, ok, failed, skipped }) =>
      `${phase} ${count(ok)} of ${users(expected)} ok, ${count(failed)} failed, ${count(skipped)} skipped`,
  );
  const about = kind === 'bulk' ? kind : `${kind}, depth ${depth}`;
  const within = verdict === 'clean' && counts.some(({ failed }) => failed > 0);
  return `${id} (${about}): ${phases.join('; ')}; ${within ? `within the ${count(allowed)} allowed` : verdict}`;
}
