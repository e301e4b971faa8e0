import type { EngineProcess } from '#hosts/engine/start-engine-process.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';

/**
 * One engine for the app, started when it is first wanted and once more for whoever asks after a start that
 * failed. From the first success on its supervisor starts it again whenever it dies.
 */
export class EngineKeeper {
  readonly #start: () => Promise<SupervisedEngine>;
  #supervised: Promise<SupervisedEngine> | null = null;
  #closed = false;

  constructor(start: () => Promise<SupervisedEngine>) {
    this.#start = start;
  }

  /** The engine that runs now, or the next one as soon as it is ready. */
  async current(): Promise<EngineProcess> {
    if (this.#closed) throw new Error('the app is closing');
    this.#supervised ??= this.#start();
    const attempt = this.#supervised;
    try {
      return await (await attempt).current();
    } catch (error) {
      if (this.#supervised === attempt && !this.#closed) this.#supervised = null;
      throw error;
    }
  }

  /** Lets running trials commit their batch and waits for the process to end. */
  async close(): Promise<void> {
    this.#closed = true;
    const supervised = await this.#supervised?.catch(() => null);
    await supervised?.close();
  }
}
