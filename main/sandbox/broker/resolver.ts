import dns from 'node:dns/promises';

/** How names become addresses. What it says is not trusted: every address is judged again when it is connected to. */
export interface Resolver {
  /** Addresses as text, of one family or (0) of both. Rejects as `dns.lookup` does. */
  lookup(name: string, family: 0 | 4 | 6): Promise<readonly string[]>;
  /** Records of one kind, as `node:dns` gives them. */
  records(kind: string, name: string): Promise<readonly unknown[]>;
}

/** The system's own: its hosts file and resolver, as for every other program. */
export const systemResolver: Resolver = {
  async lookup(name, family) {
    const found = await dns.lookup(name, { all: true, family, order: 'ipv4first' });
    return found.map(({ address }) => address);
  },
  async records(kind, name) {
    switch (kind) {
      case 'A':
        return dns.resolve4(name);
      case 'Aaaa':
        return dns.resolve6(name);
      case 'Srv':
        return dns.resolveSrv(name);
      case 'Txt':
        return dns.resolveTxt(name);
      case 'Mx':
        return dns.resolveMx(name);
      case 'Ns':
        return dns.resolveNs(name);
      default:
        return dns.resolveCname(name);
    }
  },
};
