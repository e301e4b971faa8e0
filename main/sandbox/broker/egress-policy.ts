import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { EgressRule } from '#engine/ports/script-runner.ts';

export type EgressDecision =
  | { readonly allowed: true; readonly address: string; readonly rule: EgressRule }
  | { readonly allowed: false; readonly reason: string };

interface NormalRule {
  readonly rule: EgressRule;
  readonly name: string | null;
  readonly address: string | null;
}

/** Names looked up so far in one container, by the canonical address each lookup gave. */
export interface NameMemory {
  readonly namesOf: (address: string) => ReadonlySet<string> | undefined;
  /** Ports allowed for a name because an SRV record of an allowed name gave it. */
  readonly derivedPorts: (name: string) => ReadonlySet<number> | undefined;
}

/**
 * Where a script may connect. A connection is allowed only to an address that came out of a lookup of an
 * allowed name, or that is itself listed, and only on the rule's port. Every spelling is brought to one form
 * first, and what has no such form is refused: the system's own resolver never gets to interpret it.
 */
export interface EgressPolicy {
  /** Whether this name may be resolved at all. An allowed name comes back in its canonical spelling. */
  lookup(
    name: string,
  ): { readonly allowed: true; readonly name: string } | { readonly allowed: false; readonly reason: string };
  connect(address: string, port: number, memory: NameMemory): EgressDecision;
  /** Whether SRV records of `name` may be followed to `target`: an allowed name and a target of the same domain. */
  follows(name: string, target: string): boolean;
}

export function createEgressPolicy(rules: readonly EgressRule[]): EgressPolicy {
  const normal = rules.flatMap((rule): readonly NormalRule[] => {
    const address = canonicalAddress(rule.host);
    if (address !== null) return [{ rule, name: null, address }];
    const name = canonicalName(rule.host);
    return name === null ? [] : [{ rule, name, address: null }];
  });
  const names = new Set(normal.flatMap((rule) => (rule.name === null ? [] : [rule.name])));
  const knows = (name: string, memory: NameMemory | null): boolean =>
    names.has(name) || (memory?.derivedPorts(name)?.size ?? 0) > 0;

  return {
    lookup(text) {
      const address = canonicalAddress(text);
      if (address !== null) return { allowed: true, name: address };
      const name = canonicalName(text);
      if (name === null) return { allowed: false, reason: 'not a host name' };
      if (names.has(name) || names.has(serviceDomain(name))) return { allowed: true, name };
      return { allowed: false, reason: 'no rule allows this host' };
    },
    connect(text, port, memory) {
      const address = canonicalAddress(text);
      if (address === null) return refuse('not an address in its usual spelling');
      if (!Number.isInteger(port) || port < 1 || port > 65535) return refuse('not a port');
      let reason = 'no rule allows this address';
      for (const { rule, address: listed } of normal) {
        if (listed !== address) continue;
        if (rule.port === '*' || rule.port === port) return { allowed: true, address, rule };
        reason = 'the rule for this host allows another port';
      }
      for (const name of memory.namesOf(address) ?? []) {
        const found = byName(name, address, port, memory);
        if (found.allowed) return found;
        reason = found.reason;
      }
      return refuse(reason);
    },
    follows(name, target) {
      const domain = serviceDomain(name);
      const host = canonicalName(target);
      const parent = domain.split('.').slice(1).join('.');
      return host !== null && names.has(domain) && parent.includes('.') && host.endsWith(`.${parent}`);
    },
  };

  function byName(name: string, address: string, port: number, memory: NameMemory): EgressDecision {
    if (!knows(name, memory)) return refuse('no rule allows this host');
    if (!reachableByName(address))
      return refuse(
        'the name leads to a link-local, multicast or unspecified address, or to a metadata service',
      );
    for (const { rule, name: listed } of normal) {
      if (listed !== name) continue;
      if (rule.port === port) return { allowed: true, address, rule };
      if (rule.port !== '*') continue;
      if (isLoopback(address) && name !== 'localhost') return refuse('the name leads to this computer');
      return { allowed: true, address, rule };
    }
    if (memory.derivedPorts(name)?.has(port) === true) {
      return {
        allowed: true,
        address,
        rule: { host: name, port, because: 'a service record of an allowed host' },
      };
    }
    return refuse('the rule for this host allows another port');
  }
}

const refuse = (reason: string): EgressDecision => ({ allowed: false, reason });

/**
 * The one spelling of an address: dotted decimal, or compressed lower-case IPv6. Null for everything else, and
 * so for `127.1`, `0x7f000001` and `2130706433`, which only a resolver would take for an address.
 */
export function canonicalAddress(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const family = isIP(bare);
  if (family === 4) return bare;
  if (family !== 6 || bare.includes('%')) return null;
  const compressed = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  if (mapped === null) return compressed;
  const high = Number.parseInt(mapped[1]!, 16);
  const low = Number.parseInt(mapped[2]!, 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A host name in lower-case ASCII without the final dot, or null. Names of digits only are numbers, not names. */
export function canonicalName(text: string): string | null {
  if (text.length === 0 || text.length > 253) return null;
  const lower = text.toLowerCase();
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\x21-\x7e]*$/.test(lower) ? lower : domainToASCII(text);
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  const labels = name.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  // A last label that is a number makes the whole a numeric address to most resolvers (the URL standard's rule).
  if (/^(0x[0-9a-f]*|[0-9]+)$/.test(labels.at(-1)!)) return null;
  return name;
}

/** `_mongodb._tcp.db.example.com` is about `db.example.com`. */
function serviceDomain(name: string): string {
  return name.replace(/^(?:_[a-z0-9-]+\.){1,2}/, '');
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** Where clouds keep the credentials of a machine, beside the link-local address that most of them use. */
const METADATA: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

function reachableByName(address: string): boolean {
  if (METADATA.has(address)) return false;
  if (address.includes(':')) return !/^(?:::$|fe[89ab]|ff)/.test(address);
  const first = Number(address.split('.')[0]);
  return first !== 0 && first < 224 && !address.startsWith('169.254.');
}
