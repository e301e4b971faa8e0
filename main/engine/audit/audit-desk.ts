import type { AuditResult } from '#contract/audit.ts';
import type { Filled } from '#engine/audit/audit-inputs.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Clock } from '#engine/ports/clock.ts';

/** Both sides as they were read, joined again for whoever asks. */
export interface ReadSides {
  readonly work: AuditWork;
  readonly filled: Filled;
  readonly generatedAt: string;
  /** What is new since then; counted once, because it does not depend on who is listed. Undefined: not yet. */
  readonly changes: AuditResult['changes'] | undefined;
}

interface Kept {
  readonly project: string;
  /** What was asked for, without what may differ. */
  readonly asked: string;
  readonly sides: ReadSides;
  readonly timer: AbortController;
}

/** The disk is given back after so long without a question. */
const IDLE_MS = 10 * 60_000;

/** The sides of the last audit, one at most: whoever takes them has them alone. */
export class AuditDesk {
  readonly #clock: Clock;
  readonly #noteBug: (cause: unknown) => void;
  #kept: Kept | null = null;

  constructor(clock: Clock, noteBug: (cause: unknown) => void) {
    this.#clock = clock;
    this.#noteBug = noteBug;
  }

  /** Null where nothing fits; what was read for another question stays. */
  take(project: string, asked: string): ReadSides | null {
    const kept = this.#kept;
    if (kept === null || kept.project !== project || kept.asked !== asked) return null;
    this.#kept = null;
    kept.timer.abort();
    return kept.sides;
  }

  /** Puts sides back, or there for the first time; those that lay there go. */
  async keep(project: string, asked: string, sides: ReadSides): Promise<void> {
    const before = this.#letGo();
    const kept: Kept = { project, asked, sides, timer: new AbortController() };
    this.#kept = kept;
    void this.#closeUnused(kept);
    await before;
  }

  close(): Promise<void> {
    return this.#letGo();
  }

  async #letGo(): Promise<void> {
    const kept = this.#kept;
    this.#kept = null;
    kept?.timer.abort();
    await kept?.sides.work.close();
  }

  async #closeUnused(kept: Kept): Promise<void> {
    try {
      await this.#clock.sleep(IDLE_MS, kept.timer.signal);
      if (this.#kept === kept) await this.#letGo();
    } catch (trouble) {
      this.#noteBug(trouble);
    }
  }
}
