import type { ExportFormat } from '#contract/proof.ts';

/** Formats by what they are for. */
export const FORMATS: readonly {
  readonly format: ExportFormat;
  readonly title: string;
  readonly lead: string;
}[] = [
  {
    format: 'deploy-directory',
    title: 'Deploy tool, directory',
    lead: 'database.json and one file a script, as the deploy CLI imports them',
  },
  { format: 'deploy-yaml', title: 'Deploy tool, YAML', lead: 'tenant.yaml with scripts beside it' },
  { format: 'terraform', title: 'Terraform', lead: 'a connection resource, sensitive variables for secrets' },
  {
    format: 'management-api',
    title: 'Management API',
    lead: 'the body for PATCH, merged with what the tenant has now',
  },
  {
    format: 'import-files',
    title: 'Import files',
    lead: 'files of at most 500 KB with manifest and upload order',
  },
  {
    format: 'end-of-migration',
    title: 'End of migration',
    lead: 'scripts that do nothing, import mode left on: for the day after',
  },
];

export function titleOfFormat(format: ExportFormat): string {
  return FORMATS.find((one) => one.format === format)?.title ?? format;
}
