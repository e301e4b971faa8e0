import crypto from 'node:crypto';
import { promisify } from 'node:util';
import { pbkdf2Arguments, scryptArguments } from './crypto-leaf.ts';
import { bytes, exact, LeafError, text, whole } from './leaf-arguments.ts';
import { argon2Request, bcryptCompare, bcryptHash } from './password-hash.ts';
import { MemoryGate } from './memory-gate.ts';
import type { PasswordPlans } from './password-plan.ts';
import { SubtleLeaf } from './subtle-leaf.ts';

const pbkdf2 = promisify(crypto.pbkdf2);
const hkdf = promisify(crypto.hkdf);
const scrypt = promisify<crypto.BinaryLike, crypto.BinaryLike, number, crypto.ScryptOptions, Buffer>(
  crypto.scrypt,
);

/** The memory is the process's, whatever container the hash is for. */
const memory = new MemoryGate();

type AsyncLeaf = (args: readonly unknown[]) => Promise<unknown>;

/** Operations of `node:crypto` and the password modules that run on the thread pool. */
export class AsyncCryptoLeaf {
  readonly #plans: PasswordPlans;
  readonly #subtle: SubtleLeaf;

  constructor(plans: PasswordPlans) {
    this.#plans = plans;
    this.#subtle = new SubtleLeaf(plans);
  }

  /** Whether the operation is password hashing, whose time is told apart. */
  static hashes(operation: unknown): boolean {
    return (
      typeof operation === 'string' &&
      /^(?:bcrypt|argon2)\.|^(?:pbkdf2|scrypt)$|^subtle\.derive/.test(operation)
    );
  }

  async run(operation: unknown, args: unknown): Promise<unknown> {
    if (typeof operation !== 'string' || !Array.isArray(args)) throw new LeafError('malformed operation');
    const given = args as readonly unknown[];
    if (operation.startsWith('subtle.')) return this.#subtle.run(operation.slice('subtle.'.length), given);
    const leaf = Object.hasOwn(this.#leaves, operation) ? this.#leaves[operation] : undefined;
    if (leaf === undefined) throw new LeafError('unknown crypto operation');
    const result = await leaf(given);
    return Buffer.isBuffer(result) ? exact(result) : result;
  }

  readonly #leaves: Readonly<Record<string, AsyncLeaf>> = {
    'bcrypt.compare': ([password, hash]) => bcryptCompare(this.#plans, password, hash),
    'bcrypt.hash': ([password, salt]) => bcryptHash(password, salt),
    'argon2.hash': async ([options]) => {
      const { password, length, memoryBytes, compute } = argon2Request(options);
      return this.#planned(password, length, () => memory.run(memoryBytes, compute));
    },
    pbkdf2: async (args) => {
      const { password, salt, rounds, length, digest } = pbkdf2Arguments(args);
      return this.#planned(password, length, () => pbkdf2(password, salt, rounds, length, digest));
    },
    scrypt: async (args) => {
      const { password, salt, length, options } = scryptArguments(args);
      const memoryBytes = 128 * (options.cost ?? 16_384) * (options.blockSize ?? 8);
      const compute = (): Promise<Buffer> => scrypt(password, salt, length, options);
      return this.#planned(password, length, () => memory.run(memoryBytes, compute));
    },
    hkdf: async ([digest, key, salt, info, length]) =>
      Buffer.from(await hkdf(text(digest), bytes(key), bytes(salt), bytes(info), whole(length, 0, 65_536))),
  };

  async #planned(password: Buffer, length: number, make: () => Promise<Buffer>): Promise<Buffer> {
    const { answer, remember } = this.#plans.digest([password], length);
    if (answer !== null) return answer;
    const made = await make();
    remember?.(made);
    return made;
  }
}
