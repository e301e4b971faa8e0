import { z } from 'zod';

/** Files of Actions, Rules, Hooks and triggers as far as a rehearsal reads them. Loose, as the tenant knows more. */
const secretsSchema = z.union([
  z.array(z.looseObject({ name: z.string().min(1), value: z.string().optional() })),
  z.record(z.string(), z.string()),
]);

export const actionFileSchema = z.looseObject({
  name: z.string().min(1),
  code: z.string().min(1),
  runtime: z.string().optional(),
  dependencies: z
    .array(z.looseObject({ name: z.string().min(1), version: z.string().optional() }))
    .optional(),
  secrets: secretsSchema.optional(),
  supported_triggers: z.array(z.looseObject({ id: z.string(), version: z.string().optional() })).optional(),
});

export const ruleFileSchema = z.looseObject({
  name: z.string().min(1),
  script: z.string().min(1),
  order: z.number().optional(),
  enabled: z.boolean().optional(),
  stage: z.string().optional(),
});

export const rulesConfigFileSchema = z.looseObject({ key: z.string().min(1), value: z.string() });

export const hookFileSchema = z.looseObject({
  name: z.string().min(1),
  script: z.string().min(1),
  triggerId: z.string(),
  enabled: z.boolean().optional(),
  active: z.boolean().optional(),
  secrets: secretsSchema.optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

export const triggersFileSchema = z.record(
  z.string(),
  z.array(z.looseObject({ action_name: z.string().min(1), display_name: z.string().optional() })),
);
