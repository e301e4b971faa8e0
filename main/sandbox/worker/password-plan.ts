import type { WirePlan } from '../protocol.ts';

interface Entry {
  readonly attempt: number;
  readonly password: string;
  readonly plan: WirePlan;
  readonly digests: readonly Buffer[];
  /** The password as bytes in the encodings scripts use. */
  readonly secrets: readonly Buffer[];
  /** Digests made from the password so far, in the forms scripts hash again. */
  readonly derived: Buffer[];
  truly: number;
  assumed: number;
}

/** Inputs longer than this are files or bodies, not passwords; they are hashed without a search. */
const LONGEST_INPUT = 64 * 1024;
const MOST_DERIVED = 12;

export type Verdict = 'compute' | 'right' | 'wrong';

/**
 * Answers password checks of running attempts. An attempt is recognised by its password in the input, so several
 * attempts of one isolate can be told apart as long as their passwords differ, which the engine sees to.
 */
export class PasswordPlans {
  readonly #entries = new Map<number, Entry>();
  #any = false;

  add(attempt: number, password: string | null, plan: WirePlan): void {
    if (password === null) return;
    const secrets =
      password === ''
        ? []
        : [Buffer.from(password, 'utf8'), Buffer.from(password, 'utf16le'), Buffer.from(password, 'latin1')];
    const digests = plan.kind === 'assume' ? plan.digests.map((digest) => Buffer.from(digest, 'base64')) : [];
    this.#entries.set(attempt, {
      attempt,
      password,
      plan,
      digests,
      secrets,
      derived: [],
      truly: 0,
      assumed: 0,
    });
    this.#any = true;
  }

  /** Forgets the attempt and says how many of its checks were computed and how many assumed. */
  take(attempt: number): { readonly truly: number; readonly assumed: number } {
    const entry = this.#entries.get(attempt);
    this.#entries.delete(attempt);
    this.#any = this.#entries.size > 0;
    return entry === undefined ? { truly: 0, assumed: 0 } : { truly: entry.truly, assumed: entry.assumed };
  }

  /** A comparison such as bcrypt's. The password must be the whole input, or be contained in it. */
  compare(input: string | Uint8Array): Verdict {
    const entry = this.#find(input, true);
    if (entry === null) return 'compute';
    if (entry.plan.kind === 'true') {
      entry.truly += 1;
      return 'compute';
    }
    entry.assumed += 1;
    return entry.plan.answer;
  }

  /**
   * A digest or derived key of `length` bytes over `inputs`: the stored one for a right password, one that differs in
   * every bit for a wrong one, else null and the caller computes and reports the bytes to the returned `remember`.
   * A wrong answer made up is as wrong as one computed, and costs no key derivation.
   */
  digest(
    inputs: readonly Uint8Array[],
    length: number,
  ): { answer: Buffer | null; remember: ((made: Uint8Array) => void) | null } {
    if (!this.#any) return { answer: null, remember: null };
    for (const input of inputs) {
      const entry = this.#find(input, false);
      if (entry === null) continue;
      const direct = this.#holds(entry, input);
      if (entry.plan.kind !== 'assume') {
        if (direct) entry.truly += 1;
        return { answer: null, remember: null };
      }
      const stored = entry.digests.find((digest) => digest.length === length) ?? null;
      const answer = stored === null || entry.plan.answer === 'right' ? stored : inverted(stored);
      if (direct) {
        if (answer === null) entry.truly += 1;
        else entry.assumed += 1;
      }
      if (answer !== null) remember(entry, answer);
      return { answer, remember: answer === null ? (made) => remember(entry, made) : null };
    }
    return { answer: null, remember: null };
  }

  #find(input: string | Uint8Array, comparing: boolean): Entry | null {
    if (!this.#any) return null;
    const data =
      typeof input === 'string'
        ? Buffer.from(input, 'utf8')
        : Buffer.from(input.buffer, input.byteOffset, input.byteLength);
    if (data.length > LONGEST_INPUT) return null;
    let found: Entry | null = null;
    for (const entry of this.#entries.values()) {
      const hit =
        (comparing && entry.password === '' && data.length === 0) ||
        this.#holds(entry, data) ||
        entry.derived.some((needle) => data.includes(needle));
      // The longest password wins, as a shorter one may be part of it.
      if (hit && (found === null || entry.password.length > found.password.length)) found = entry;
    }
    return found;
  }

  #holds(entry: Entry, data: Uint8Array): boolean {
    const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return entry.secrets.some((needle) => buffer.includes(needle));
  }
}

function inverted(digest: Buffer): Buffer {
  return Buffer.from(digest.map((byte) => byte ^ 0xff));
}

/** Schemes hash a digest again, as bytes or as hex or base64 text; the later rounds count as the password's too. */
function remember(entry: Entry, made: Uint8Array): void {
  if (entry.derived.length >= MOST_DERIVED) return;
  const bytes = Buffer.from(made);
  if (bytes.length < 8 || entry.derived.some((known) => known.equals(bytes))) return;
  const hex = bytes.toString('hex');
  entry.derived.push(
    bytes,
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    Buffer.from(bytes.toString('base64')),
  );
}
