import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';
import { KeptOpen } from '#engine/paging/kept-open.ts';
import { Places } from '#engine/paging/places.ts';

const KEPT = { idleMs: 60_000, most: 6 } as const;
/** More than any position, and still an integer of 32 bits. */
const PAST_ALL = 2 ** 31 - 2;
const STEP = { step: 1_000, slowMs: 20, mostStep: 16_000 } as const;

/** Some of the outcomes of one phase, in the order of their positions. */
export interface OutcomeList {
  readonly phase: Phase;
  /** Tells it from other lists of the phase. */
  readonly name: string;
  readonly total: (replica: Replica) => number;
  /** Position of the outcome that comes `rows` (1 or more) after a position within the list, or null. */
  readonly positionAfter: (replica: Replica, after: number, rows: number) => number | null;
}

/** The outcomes of one trial within one list, while people look at them. */
export interface LookedThrough {
  /** Outcomes of the phase, whatever the filter, when this was opened. */
  readonly done: number;
  readonly replica: Replica;
  readonly total: number;
  /** Keys are positions. */
  readonly places: Places<number>;
  readonly noted: Promise<void>;
}

/** Replicas that stay open between the pages of a list of users, each with the places of its outcomes. */
export class OutcomeDesk {
  readonly #ports: Ports;
  readonly #kept: KeptOpen<LookedThrough>;
  readonly #noteBug: (cause: unknown) => void;

  constructor(ports: Ports, noteBug: (cause: unknown) => void) {
    this.#ports = ports;
    this.#noteBug = noteBug;
    this.#kept = new KeptOpen({
      ...KEPT,
      clock: ports.clock,
      noteBug,
      close: async ({ noted, replica }) => {
        await noted;
        replica.close();
      },
    });
  }

  /** Works with what is open, anew where the trial has gone on since. */
  async look<Result>(
    project: string,
    trial: string,
    list: OutcomeList,
    work: (open: LookedThrough) => Promise<Result>,
  ): Promise<Result> {
    const path = this.#ports.trialFolders.replicaPath(project, trial);
    const name = `${path}\n${list.phase}\n${list.name}`;
    const open = async (signal: AbortSignal) => this.#open(path, list, signal);
    const reply = await this.#kept.use(name, '', open, async (opened) =>
      opened.replica.counts(list.phase).done === opened.done ? { result: await work(opened) } : null,
    );
    if (reply !== null) return reply.result;
    await this.#kept.drop((one) => one === name);
    return this.#kept.use(name, '', open, work);
  }

  /** One page from place `at` (0-based) within the list, with the list's total. */
  page<Page extends { readonly users: readonly { readonly position: number }[] }>(
    project: string,
    trial: string,
    list: OutcomeList,
    at: number,
    read: (replica: Replica, after: number) => Page,
  ): Promise<Page & { total: number }> {
    return this.look(project, trial, list, async ({ replica, total, places }) => {
      const before = await places.before(at, new AbortController().signal);
      // Past the end there is nothing, as after the last position.
      if (before === 'end') return { ...read(replica, PAST_ALL), total };
      const page = read(replica, before.key ?? -1);
      const last = page.users.at(-1);
      if (last !== undefined) places.visit(at + page.users.length, last.position);
      return { ...page, total };
    });
  }

  /** Lets go of a trial that is about to be removed. */
  async forget(project: string, trial: string): Promise<void> {
    const path = this.#ports.trialFolders.replicaPath(project, trial);
    await this.#kept.drop((name) => name.startsWith(`${path}\n`));
  }

  close(): Promise<void> {
    return this.#kept.close();
  }

  #open(path: string, list: OutcomeList, signal: AbortSignal): LookedThrough {
    const replica = this.#ports.replicas.openReadOnly(path);
    try {
      const { done } = replica.counts(list.phase);
      const total = list.total(replica);
      const { clock } = this.#ports;
      const places = new Places<number>(
        async (after, rows) => list.positionAfter(replica, after ?? -1, rows),
        { ...STEP, ticks: () => clock.ticks(), rest: () => clock.sleep(0) },
      );
      // Trouble on the way is met again, and told, by whoever reads a page there.
      const noted = places.note(signal).catch((trouble: unknown) => {
        if (!(trouble instanceof Fault)) this.#noteBug(trouble);
      });
      return { replica, total, places, noted, done };
    } catch (error) {
      replica.close();
      throw error;
    }
  }
}
