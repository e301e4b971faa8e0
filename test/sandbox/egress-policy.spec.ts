import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  canonicalName,
  createEgressPolicy,
  type NameMemory,
} from '#sandbox/broker/egress-policy.ts';

const rules = [
  { host: 'db.example.com', port: 5432, because: 'legacy connection' },
  { host: '10.1.2.3', port: 3306, because: 'setting' },
  { host: 'API.Example.com.', port: '*', because: 'setting' },
  { host: 'bücher.example', port: 443, because: 'setting' },
  { host: 'localhost', port: '*', because: 'setting' },
  { host: '2001:DB8::1', port: 443, because: 'setting' },
] as const;
const policy = createEgressPolicy(rules);

const memory = (
  names: Record<string, readonly string[]> = {},
  ports: Record<string, readonly number[]> = {},
): NameMemory => ({
  namesOf: (address) => (names[address] === undefined ? undefined : new Set(names[address])),
  derivedPorts: (name) => (ports[name] === undefined ? undefined : new Set(ports[name])),
});

const reason = (address: string, port: number, names: Record<string, readonly string[]> = {}): string => {
  const decision = policy.connect(address, port, memory(names));
  return decision.allowed ? `allowed: ${decision.address}` : decision.reason;
};

describe('names a script may look up', () => {
  it.each([
    ['db.example.com', 'db.example.com'],
    ['DB.EXAMPLE.COM', 'db.example.com'],
    ['db.example.com.', 'db.example.com'],
    ['api.example.com', 'api.example.com'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['_mongodb._tcp.db.example.com', '_mongodb._tcp.db.example.com'],
    ['10.1.2.3', '10.1.2.3'],
  ])('%s is allowed', (text, name) => {
    expect(policy.lookup(text)).toEqual({ allowed: true, name });
  });

  it.each([
    'example.com',
    'evil.db.example.com',
    'db.example.com.evil.org',
    'db.example.comm',
    'db.example.com\u0000.evil.org',
    'db.example.com/',
    'db.example.com:5432',
    'user@db.example.com',
    'db..example.com',
    '.db.example.com',
    '-db.example.com',
    '',
    ' ',
    'db.example.com ',
    '0x7f.1',
    '2130706433',
    '127.1',
    '0177.0.0.1',
    '..localhost',
  ])('%j is refused', (text) => {
    expect(policy.lookup(text).allowed).toBe(false);
  });
});

describe('addresses a script may connect to', () => {
  it('are those a rule lists, on its port', () => {
    expect(reason('10.1.2.3', 3306)).toBe('allowed: 10.1.2.3');
    expect(reason('10.1.2.3', 3307)).toBe('the rule for this host allows another port');
    expect(reason('10.1.2.4', 3306)).toBe('no rule allows this address');
  });

  it('are those that an allowed name led to, on the port of its rule', () => {
    const names = { '192.0.2.7': ['db.example.com'] };
    expect(reason('192.0.2.7', 5432, names)).toBe('allowed: 192.0.2.7');
    expect(reason('192.0.2.7', 22, names)).toBe('the rule for this host allows another port');
    expect(reason('192.0.2.8', 5432, names)).toBe('no rule allows this address');
  });

  it('are not those that another name led to', () => {
    expect(reason('192.0.2.7', 5432, { '192.0.2.7': ['evil.example.org'] })).toBe('no rule allows this host');
  });

  it('have one spelling for IPv4 inside IPv6', () => {
    expect(reason('::ffff:10.1.2.3', 3306)).toBe('allowed: 10.1.2.3');
    expect(reason('::FFFF:0a01:0203', 3306)).toBe('allowed: 10.1.2.3');
    expect(reason('::ffff:127.0.0.1', 3306)).toBe('no rule allows this address');
  });

  it('have one spelling for IPv6', () => {
    expect(reason('2001:db8:0:0:0:0:0:1', 443)).toBe('allowed: 2001:db8::1');
    expect(reason('2001:0db8::0001', 443)).toBe('allowed: 2001:db8::1');
    expect(reason('2001:db8::1%eth0', 443)).toBe('not an address in its usual spelling');
  });

  it.each([
    '0x0a.1.2.3',
    '10.1.515',
    '167838211',
    '0xa010203',
    '012.1.2.3',
    'db.example.com',
    '/tmp/.s.PGSQL.5432',
    '',
  ])('are never %j, which only a resolver would read as an address', (address) => {
    expect(reason(address, 3306)).toBe('not an address in its usual spelling');
  });

  it.each(['169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255', 'fe80::1', 'ff02::1', '::'])(
    'are never %s by way of a name',
    (address) => {
      expect(reason(address, 5432, { [address]: ['db.example.com'] })).toBe(
        'the name leads to a link-local, multicast or unspecified address, or to a metadata service',
      );
    },
  );

  it('are not the ports of this computer by way of a rebound name', () => {
    const rebound = { '127.0.0.1': ['api.example.com'] };
    expect(reason('127.0.0.1', 6379, rebound)).toBe('the name leads to this computer');
    expect(reason('127.0.0.1', 6379, { '127.0.0.1': ['localhost'] })).toBe('allowed: 127.0.0.1');
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])('need a port, not %s', (port) => {
    expect(reason('10.1.2.3', port)).toBe('not a port');
  });
});

describe('service records', () => {
  it('may lead to hosts of the same domain only', () => {
    const name = '_mongodb._tcp.db.example.com';
    expect({
      same: policy.follows(name, 'shard0.example.com'),
      other: policy.follows(name, 'shard0.evil.org'),
      suffix: policy.follows(name, 'shard0.evilexample.com'),
      unknown: policy.follows('_mongodb._tcp.other.example.com', 'shard0.example.com'),
    }).toEqual({ same: true, other: false, suffix: false, unknown: false });
  });

  it('allow the port they give', () => {
    const known = memory({ '192.0.2.9': ['shard0.example.com'] }, { 'shard0.example.com': [27_017] });
    expect(policy.connect('192.0.2.9', 27_017, known).allowed).toBe(true);
    expect(policy.connect('192.0.2.9', 27_018, known).allowed).toBe(false);
  });
});

describe('canonical spellings', () => {
  it('of addresses', () => {
    expect(['1.2.3.4', '[::1]', '::1', 'FE80::A', '1.2.3', 'x'].map(canonicalAddress)).toEqual([
      '1.2.3.4',
      '::1',
      '::1',
      'fe80::a',
      null,
      null,
    ]);
  });

  it('of names', () => {
    expect(
      ['A.b', 'a.b.', 'a_b.c', '1.2.3.4', 'a.0x10', 'a'.repeat(64), 'ⓔxample.com'].map(canonicalName),
    ).toEqual(['a.b', 'a.b', 'a_b.c', null, null, null, 'example.com']);
  });
});
