import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Pipeline } from '#domain/pipeline/pipeline.ts';
import { jsonFilesOf, type PipelineReading } from '#project/pipeline-files.ts';
import { readActions } from '#project/read-actions.ts';
import { readHooks, readRules, readRulesConfigs } from '#project/read-rules.ts';
import type { Secrets } from '#project/secrets.ts';

const FOLDERS = ['actions', 'triggers', 'rules', 'hooks'] as const;

/**
 * Actions, Rules and Hooks in the folders of the deploy tool, beside the connection. Null where the project has
 * none of the folders. Whatever is wrong is a finding of the pipeline and not of the project: nobody who rehearses
 * the scripts alone is held up by it.
 */
export async function readPipeline(project: string, secrets: Secrets): Promise<Pipeline | null> {
  const found = await Promise.all(FOLDERS.map((folder) => jsonFilesOf(project, folder)));
  if (found.every((files) => files === null)) return null;
  const problems: Diagnostic[] = [];
  const reading: PipelineReading = { project, secrets, problems };
  const { actions, bindings } = await readActions(reading);
  const rules = await readRules(reading);
  const configuration = await readRulesConfigs(reading);
  const hooks = await readHooks(reading);
  if (rules.length > 0 || hooks.size > 0) {
    const what = [
      ...(rules.length > 0 ? [`${rules.length} ${rules.length === 1 ? 'Rule' : 'Rules'}`] : []),
      ...(hooks.size > 0 ? [`${hooks.size} ${hooks.size === 1 ? 'Hook' : 'Hooks'}`] : []),
    ].join(' and ');
    const place = { kind: 'file', path: rules.length > 0 ? 'rules' : 'hooks' } as const;
    problems.push(
      diagnostic('pipeline.end-of-life', `The project has ${what}, which no tenant runs any more.`, {
        place,
      }),
    );
  }
  return { actions, bindings, rules, configuration, hooks, problems };
}
