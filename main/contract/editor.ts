import { z } from 'zod';
import { procedure } from '#contract/errors.ts';
import { slotSchema } from '#contract/slot.ts';

/** Who answered: the type checker, or the fixed list that stands in where it cannot be started. */
const by = z.enum(['typescript', 'list']);

/** A script as it stands in the editor. Positions are offsets in UTF-16 code units, as editors count. */
const draft = {
  project: z.string().min(1),
  slot: slotSchema,
  text: z.string().max(400_000),
} as const;
const at = z.int().nonnegative();

export const completionSchema = z.strictObject({
  label: z.string(),
  kind: z.enum(['function', 'property', 'variable', 'keyword', 'module', 'class', 'type', 'text']),
  /** Its type in one line; absent where asking for it would cost time. */
  detail: z.string().optional(),
  /** What it is for, plain text. */
  documentation: z.string().optional(),
  /** What goes into the text, where it is not the label. */
  insert: z.string().optional(),
});
export type Completion = z.infer<typeof completionSchema>;

export const typeMarkSchema = z.strictObject({
  from: at,
  to: at,
  severity: z.enum(['error', 'warning', 'note']),
  /** `TS2339`. */
  code: z.string(),
  message: z.string(),
});
export type TypeMark = z.infer<typeof typeMarkSchema>;

export const editor = {
  /**
   * What may stand at `at`; `from` is where the word that it replaces begins. At most 500, best first. Cancel it by
   * dropping the call: keystrokes that come later win.
   */
  complete: procedure
    .input(z.strictObject({ ...draft, at }))
    .output(z.strictObject({ by, from: at, completions: z.array(completionSchema), more: z.boolean() })),
  /** What the name at `at` is; null where there is nothing to say. */
  hover: procedure
    .input(z.strictObject({ ...draft, at }))
    .output(
      z.strictObject({ from: at, to: at, code: z.string(), documentation: z.string().optional() }).nullable(),
    ),
  /** What the type checker says about the whole script. `by: list` has no marks. */
  typecheck: procedure
    .input(z.strictObject(draft))
    .output(z.strictObject({ by, marks: z.array(typeMarkSchema) })),
};
