import type { z } from 'zod';
import type { pipeline as contract } from '#contract/pipeline.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { flowTriggers, PIPELINE_FLOWS, runsRules } from '#domain/pipeline/flow-triggers.ts';
import { boundActions, END_OF_LIFE, NO_PIPELINE } from '#domain/pipeline/pipeline.ts';
import { TRIGGER_NAMES, TRIGGERS } from '#domain/pipeline/triggers.ts';
import type { Ports } from '#engine/ports/ports.ts';

type Shown = z.output<NonNullable<(typeof contract.show)['~orpc']['outputSchema']>>;

/** What the project's files hold, in the order in which a tenant would run it. Names of secrets, never values. */
export async function showPipeline(ports: Ports, folder: string): Promise<Shown> {
  const project = await ports.projects.open(folder);
  const found = project.pipeline ?? NO_PIPELINE;
  const { assumptions } = resolveAssumptions(project.settings.assumptions);
  return {
    triggers: TRIGGER_NAMES.map((trigger) => ({
      trigger,
      handler: TRIGGERS[trigger].handler,
      blocking: TRIGGERS[trigger].blocking,
      actions: boundActions(found, trigger).map(({ name, path, secrets }) => ({
        name,
        path,
        secrets: [...secrets.keys()],
      })),
    })),
    rules: found.rules.map(({ name, path, order }) => ({ name, path, order })),
    rulesConfiguration: Object.keys(found.configuration),
    hooks: [...found.hooks.values()].map(({ name, path, point }) => ({ name, path, point })),
    endOfLife: found.rules.length > 0 || found.hooks.size > 0 ? END_OF_LIFE : null,
    problems: found.problems.length,
    matrix: PIPELINE_FLOWS.map((flow) => ({
      flow,
      rules: runsRules(flow),
      triggers: flowTriggers(flow, assumptions).map((one) => ({ ...one })),
    })),
  };
}
