import { httpTap } from './http.ts';
import { ldapTap } from './ldap.ts';
import { mongodbTap } from './mongodb.ts';
import { mysqlTap } from './mysql.ts';
import { postgresqlTap } from './postgresql.ts';
import type { TapSink, WireTap } from './tap.ts';
import { tdsTap } from './tds.ts';

/**
 * The tap for a connection, told by the first bytes on it: who speaks first, and how. Ports say nothing, as
 * databases of customers live on any.
 */
export function sniffingTap(sink: TapSink): WireTap {
  let tap: WireTap | null = null;
  const choose = (from: 'client' | 'server', data: Buffer): WireTap => {
    tap ??= from === 'client' ? byClient(data, sink) : byServer(data, sink);
    return tap;
  };
  return {
    get protocol() {
      return tap?.protocol ?? 'unknown';
    },
    get survivesTls() {
      return tap?.survivesTls ?? false;
    },
    sent: (data) => choose('client', data).sent(data),
    received: (data) => choose('server', data).received(data),
  };
}

function byClient(data: Buffer, sink: TapSink): WireTap {
  if (data.length >= 8 && data.readInt32BE(0) >= 8 && data.readInt32BE(0) < 10_000) {
    const code = data.readInt32BE(4);
    if (code === 196_608 || code === 80_877_103 || code === 80_877_104) return postgresqlTap(sink);
  }
  if (/^[A-Z]{3,10} \S+ HTTP\/1\.[01]\r\n/.test(data.toString('latin1', 0, Math.min(data.length, 8192)))) {
    return httpTap(sink);
  }
  if (isTds(data)) return tdsTap(sink);
  if (data.length >= 16 && [2004, 2010, 2012, 2013].includes(data.readInt32LE(12))) return mongodbTap(sink);
  if (data[0] === 0x30) return ldapTap(sink);
  return silent(sink);
}

/** The first packet of a session in the clear, and of one that has begun inside of TLS. */
function isTds(data: Buffer): boolean {
  return (
    (data[0] === 0x12 || data[0] === 0x10) && data[1]! <= 1 && data.length >= 8 && data.readUInt16BE(2) >= 8
  );
}

function byServer(data: Buffer, sink: TapSink): WireTap {
  const isGreeting = data.length >= 6 && data[3] === 0 && (data[4] === 10 || data[4] === 0xff);
  return isGreeting ? mysqlTap(sink) : silent(sink);
}

/** A protocol that is not looked into, except for who waits for whom. */
function silent(sink: TapSink): WireTap {
  return {
    protocol: 'unknown',
    survivesTls: false,
    sent: () => sink.waiting(true),
    received: () => sink.waiting(false),
  };
}
