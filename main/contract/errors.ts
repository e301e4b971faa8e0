import { oc } from '@orpc/contract';
import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';

/** Kinds of faults a client can be told, each with what it means for the client. Mirrors the engine's closed list. */
export const faultKindSchema = z.enum([
  'legacy-unreachable',
  'legacy-denied',
  'legacy-query',
  'sandbox-unavailable',
  'replica-unwritable',
  'replica-damaged',
  'replica-newer',
  'project-missing',
  'project-invalid',
  'project-newer',
  'project-busy',
  'project-unwritable',
  'file-changed',
  'folder-unreadable',
  'trial-missing',
  'trial-changed',
  'input-invalid',
  'cancelled',
]);

export const faultDataSchema = z.strictObject({
  kind: faultKindSchema,
  doing: z.string().optional(),
  where: z.string().optional(),
  help: z.string().optional(),
  retryable: z.boolean(),
  /** What exactly is wrong, where there is more to say than one sentence. */
  problems: z.array(diagnosticSchema).optional(),
});
export type FaultData = z.infer<typeof faultDataSchema>;

/**
 * Base of every procedure. `FAULT`: a broken surrounding, with its kind. `BUG`: an impossible state, ours.
 * Input that does not fit its schema is `BAD_REQUEST`, an unknown procedure `NOT_FOUND`; there is no fifth way.
 */
export const procedure = oc.errors({
  FAULT: { data: faultDataSchema },
  BUG: { data: z.strictObject({ reference: z.string() }) },
});
