import { z } from 'zod';
import { catalogEntrySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';

const assumption = z.strictObject({
  name: z.string(),
  question: z.string(),
  options: z.array(z.strictObject({ value: z.string(), effect: z.string() })),
  default: z.string(),
  source: z.string(),
});

const scriptModule = z.strictObject({
  name: z.string(),
  versions: z.array(z.string()),
  default: z.string(),
  testedAgainst: z.string(),
});

/** What the product knows, apart from any project. */
export const reference = {
  explain: procedure.input(z.strictObject({ code: z.string() })).output(catalogEntrySchema.nullable()),
  codes: procedure.input(z.strictObject({})).output(z.array(catalogEntrySchema)),
  assumptions: procedure.input(z.strictObject({})).output(z.array(assumption)),
  modules: procedure.input(z.strictObject({})).output(z.array(scriptModule)),
  versions: procedure.input(z.strictObject({})).output(
    z.strictObject({
      userferry: z.string(),
      node: z.string(),
      scriptRuntime: z.string(),
      contract: z.string(),
    }),
  ),
};
