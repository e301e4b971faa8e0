import { z } from 'zod';

export const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('row'),
    table: z.string(),
    key: z.string(),
    column: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('script'),
    slot: z.string(),
    line: z.int().optional(),
    column: z.int().optional(),
  }),
  z.strictObject({
    kind: z.literal('file'),
    path: z.string(),
    line: z.int().optional(),
    column: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('setting'), name: z.string() }),
]);

export const severitySchema = z.enum(['error', 'warning', 'note']);

export const diagnosticSchema = z.strictObject({
  severity: severitySchema,
  code: z.string(),
  message: z.string(),
  place: placeSchema.optional(),
  notes: z.array(z.string()).readonly().optional(),
  help: z.string().optional(),
});

export const catalogEntrySchema = z.strictObject({
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  meaning: z.string(),
  fix: z.string(),
  reference: z.string().optional(),
});
