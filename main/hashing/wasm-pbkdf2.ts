import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { WasmDigest } from '#hashing/digest.ts';

export interface Pbkdf2Job {
  readonly digest: WasmDigest;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

interface Waiting {
  readonly resolve: (key: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

const LARGEST = 4;

/**
 * PBKDF2 over digests that only exist as WebAssembly, which computes on the calling thread: a round of 100,000 would
 * stop the engine for seconds. Threads start when first needed and never keep the process alive when idle.
 */
export class WasmPbkdf2Pool {
  readonly #members: Member[] = [];
  #lastId = 0;

  derive(job: Pbkdf2Job): Promise<Uint8Array> {
    const member = this.#freest();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      member.waiting.set(id, { resolve, reject });
      member.worker.ref();
      member.worker.postMessage({ id, job }, []);
    });
  }

  #freest(): Member {
    const idle = this.#members.find((member) => member.waiting.size === 0);
    if (idle !== undefined) return idle;
    if (this.#members.length < Math.min(LARGEST, availableParallelism())) return this.#start();
    return this.#members.reduce((best, member) => (member.waiting.size < best.waiting.size ? member : best));
  }

  #start(): Member {
    const worker = new Worker(new URL('./wasm-pbkdf2-worker.ts', import.meta.url));
    const member: Member = { worker, waiting: new Map() };
    worker.on('message', ({ id, key }: { readonly id: number; readonly key: Uint8Array | null }) => {
      const waiting = member.waiting.get(id);
      member.waiting.delete(id);
      if (member.waiting.size === 0) worker.unref();
      if (key === null) waiting?.reject(new Error('the key could not be derived'));
      else waiting?.resolve(key);
    });
    worker.on('error', (error) => {
      this.#members.splice(this.#members.indexOf(member), 1);
      for (const waiting of member.waiting.values()) waiting.reject(error as Error);
      member.waiting.clear();
    });
    this.#members.push(member);
    return member;
  }
}
