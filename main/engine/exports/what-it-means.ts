import type { ExportChange } from '#contract/exports.ts';
import type { Proof } from '#contract/proof.ts';

/** What a difference between a folder and its proof means for whoever wants to use it. */
export function whatItMeans(kind: ExportChange['kind'], path: string, proof: Proof): string {
  const script = proof.scripts.find((one) => one.path === path);
  switch (kind) {
    case 'changed':
      return script === undefined ? changedFile(path) : changedScript(script.slot, script.standing);
    case 'line-ends':
      return 'Only the line ends differ: a tool such as git turned LF into CR LF. The tenant would get another text than the one that was rehearsed.';
    case 'added':
      return 'The file is not part of the export: no trial stands for it, and a deployment tool may send it.';
    case 'removed':
      return script === undefined
        ? 'A part of the export is missing: what is left is not what was proven.'
        : `The ${script.slot} script is missing: a deployment fails, or leaves the slot empty.`;
    case 'not-a-file':
      return 'A link or a device is in the place of the file: what it leads to can change at any time.';
    case 'proof-edited':
      return 'The proof itself was edited after the export: nothing in it can be relied on.';
    default:
      return kind satisfies never;
  }
}

function changedScript(slot: string, standing: Proof['scripts'][number]['standing']): string {
  return standing === 'validated'
    ? `The ${slot} script is not the one that passed the trials: nobody has rehearsed this text.`
    : `The ${slot} script is not the one that was exported.`;
}

function changedFile(path: string): string {
  if (path.endsWith('database.json') || path === 'tenant.yaml' || path.endsWith('.tf')) {
    return 'The settings of the connection are not the ones that were exported.';
  }
  if (path.startsWith('users/')) return 'The import file holds other records than the trial imported.';
  return 'The file is not the one that was exported.';
}
