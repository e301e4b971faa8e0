import { isIP } from 'node:net';
import { canonicalAddress, canonicalName, type EgressPolicy, type NameMemory } from './egress-policy.ts';
import { lookupCode } from './errno.ts';
import { type Resolver, systemResolver } from './resolver.ts';

const MOST_REMEMBERED = 2000;

export type LookupAnswer =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly refused: string | null };

export type RecordsAnswer =
  | { readonly ok: true; readonly records: readonly unknown[] }
  | { readonly ok: false; readonly code: string; readonly refused: string | null };

/**
 * Names of one container: resolved on the host, and remembered by address. A script connects to addresses, so this
 * memory is what makes a connection "to" an allowed name, and what rebinding runs into.
 */
export class Names implements NameMemory {
  readonly #policy: EgressPolicy;
  readonly #resolver: Resolver;
  readonly #names = new Map<string, Set<string>>();
  readonly #derived = new Map<string, Set<number>>();

  constructor(policy: EgressPolicy, resolver: Resolver = systemResolver) {
    this.#policy = policy;
    this.#resolver = resolver;
  }

  namesOf(address: string): ReadonlySet<string> | undefined {
    return this.#names.get(address);
  }

  derivedPorts(name: string): ReadonlySet<number> | undefined {
    return this.#derived.get(name);
  }

  async lookup(text: string, family: 0 | 4 | 6): Promise<LookupAnswer> {
    const name = this.#allowed(text);
    if (!name.allowed) return { ok: false, code: 'EAI_NONAME', refused: name.reason };
    if (isIP(name.name) !== 0) return { ok: true, addresses: [name.name] };
    try {
      const found = await this.#resolver.lookup(name.name, family);
      const addresses = found.flatMap((address) => canonicalAddress(address) ?? []);
      for (const address of addresses) this.#remember(address, name.name);
      return addresses.length === 0
        ? { ok: false, code: 'EAI_NONAME', refused: null }
        : { ok: true, addresses };
    } catch (error) {
      return { ok: false, code: lookupCode(error), refused: null };
    }
  }

  async records(kind: string, text: string): Promise<RecordsAnswer> {
    const name = this.#allowed(text);
    if (!name.allowed) return { ok: false, code: 'ENOTFOUND', refused: name.reason };
    try {
      const records = await this.#resolver.records(kind, name.name);
      for (const record of records) this.#learn(kind, name.name, record);
      return { ok: true, records };
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      return { ok: false, code: typeof code === 'string' ? code : 'ESERVFAIL', refused: null };
    }
  }

  #allowed(text: string): ReturnType<EgressPolicy['lookup']> {
    const name = canonicalName(text);
    return name !== null && this.#derived.has(name) ? { allowed: true, name } : this.#policy.lookup(text);
  }

  #learn(kind: string, name: string, record: unknown): void {
    if ((kind === 'A' || kind === 'Aaaa') && typeof record === 'string') {
      const address = canonicalAddress(record);
      if (address !== null) this.#remember(address, name);
    } else if (kind === 'Srv') {
      const { name: target, port } = record as { name: string; port: number };
      const canonical = canonicalName(target);
      if (canonical === null || !this.#policy.follows(name, canonical)) return;
      const ports = this.#derived.get(canonical) ?? new Set();
      if (ports.size < 20) this.#derived.set(canonical, ports.add(port));
    }
  }

  #remember(address: string, name: string): void {
    const names = this.#names.get(address);
    if (names !== undefined) names.add(name);
    else if (this.#names.size < MOST_REMEMBERED) this.#names.set(address, new Set([name]));
  }
}
