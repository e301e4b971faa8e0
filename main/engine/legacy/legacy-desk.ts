import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { KeptOpen } from '#engine/paging/kept-open.ts';
import { Places } from '#engine/paging/places.ts';

const KEPT = { idleMs: 120_000, most: 3 } as const;
const STEP = { step: 1_000, slowMs: 50, mostStep: 20_000 } as const;

/** The legacy database of one project while people look at its users. */
export interface LookedAt {
  readonly project: Project;
  readonly access: LegacyAccess;
  readonly columns: readonly string[];
  readonly total: number;
  readonly places: Places<LegacyKey>;
  /** Settled once nobody walks through the rows any more. */
  readonly noted: Promise<void>;
  /** Aborted when it is let go of: for work that is done for everybody who looks, not for one page. */
  readonly life: AbortSignal;
}

/**
 * Legacy databases that stay open between the pages of a grid, each with the places of its rows. They are let go
 * after a while without use, when the settings of the project change, and when the engine ends.
 */
export class LegacyDesk {
  readonly #ports: Ports;
  readonly #kept: KeptOpen<LookedAt>;
  readonly #noteBug: (cause: unknown) => void;

  constructor(ports: Ports, noteBug: (cause: unknown) => void) {
    this.#ports = ports;
    this.#noteBug = noteBug;
    this.#kept = new KeptOpen({
      ...KEPT,
      clock: ports.clock,
      noteBug,
      close: async ({ noted, access }) => {
        await noted;
        await access.close();
      },
    });
  }

  /** Works with what is open. Faults: those of opening a project and reading its legacy database. */
  async look<Result>(
    folder: string,
    refresh: boolean,
    work: (open: LookedAt) => Promise<Result>,
  ): Promise<Result> {
    const { file, checksum } = await this.#ports.workbench.settings.read(folder);
    if (refresh) await this.#kept.drop((name) => name === file);
    return this.#kept.use(file, checksum, (signal) => this.#open(folder, signal), work);
  }

  /** What is open may be out of date, since a secret has changed. */
  async forget(folder: string): Promise<void> {
    const { file } = await this.#ports.workbench.settings.read(folder);
    await this.#kept.drop((name) => name === file);
  }

  close(): Promise<void> {
    return this.#kept.close();
  }

  async #open(folder: string, signal: AbortSignal): Promise<LookedAt> {
    const project = await this.#ports.projects.open(folder);
    const access = await this.#ports.openLegacy(project, { forScripts: false });
    try {
      const columns = await access.store.columns({ signal });
      const total = await access.store.count({ signal });
      const { clock } = this.#ports;
      const places = new Places<LegacyKey>(
        (after, rows, stop) => access.store.keyAfter(after, rows, { signal: stop }),
        { ...STEP, ticks: () => clock.ticks(), rest: () => clock.sleep(0) },
      );
      // Trouble on the way is met again, and told, by whoever reads a page there.
      const noted = places.note(signal).catch((trouble: unknown) => {
        if (!(trouble instanceof Fault)) this.#noteBug(trouble);
      });
      return { project, access, columns, total, places, noted, life: signal };
    } catch (error) {
      await access.close();
      throw error;
    }
  }
}
