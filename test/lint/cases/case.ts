import type { Slot } from '#domain/migration/slots.ts';
import type { LintInput } from '#engine/ports/script-linter.ts';

/** `found` and `fine` are bodies of a script of the slot; a text that begins with `=` is a whole script. */
export interface Case {
  readonly slot?: Slot;
  readonly found: readonly string[];
  readonly fine: readonly string[];
  readonly input?: Partial<LintInput>;
}
