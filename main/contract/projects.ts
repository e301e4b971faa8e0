import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';

export const initFromSchema = z.enum([
  'sample',
  'postgresql',
  'mysql',
  'sqlserver',
  'oracle',
  'sqlite',
  'csv',
]);

export const projects = {
  /** Writes a new project folder; refuses to overwrite anything. `users` and `seed` shape the sample only. */
  init: procedure
    .input(
      z.strictObject({
        folder: z.string().min(1),
        from: initFromSchema,
        name: z.string().min(1).optional(),
        users: z.int().positive().max(50_000_000).optional(),
        seed: z.int().nonnegative().optional(),
      }),
    )
    .output(z.strictObject({ folder: z.string(), files: z.array(z.string()), next: z.array(z.string()) })),
  /** Validates settings, secrets, connection, query, mapping and scripts; explains each finding. */
  check: procedure
    .input(z.strictObject({ project: z.string() }))
    .output(z.strictObject({ name: z.string(), diagnostics: z.array(diagnosticSchema) })),
};
