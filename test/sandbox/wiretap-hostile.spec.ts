import { describe, expect, it } from 'vitest';
import { sniffingTap } from '#sandbox/wiretap/sniff.ts';
import type { WireTap } from '#sandbox/wiretap/tap.ts';

// A tap reads what a script and a server send, and both may send anything. It runs in the engine, so it must not throw.

function quietTap(): { readonly tap: WireTap; readonly told: unknown[] } {
  const told: unknown[] = [];
  let next = 0;
  const tap = sniffingTap({
    begin: (text, binds) => {
      told.push([text(), binds()]);
      return (next += 1);
    },
    end: (statement, rows, error) => void told.push([statement, rows, error ?? null]),
    waiting: () => undefined,
  });
  return { tap, told };
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** First messages, so that the protocol is known, and one more of each side to be spoilt. */
const SESSIONS = {
  postgresql: [
    hex('00000009 00030000 00'),
    Buffer.from('Q\0\0\0\x0dSELECT 1\0'),
    Buffer.from('D\0\0\0\x0a\0\x01\0\0\0\x011C\0\0\0\x0dSELECT 1\0Z\0\0\0\x05I'),
  ],
  tds: [
    hex('12 01 0009 0000 01 00 ff'),
    hex('01 01 0026 0000 01 00 16000000 12000000 0200 0000000000000000 01000000 530045004c00'),
    hex('04 01 0015 0000 01 00 fd 1000 c100 0200000000000000'),
  ],
  mongodb: [
    hex('26000000 01000000 00000000 dd070000 00000000 00 11000000 10 66696e6400 01000000 00'),
    hex('26000000 02000000 00000000 dd070000 00000000 00 11000000 10 66696e6400 01000000 00'),
    hex('26000000 01000000 02000000 dd070000 00000000 00 11000000 10 6e00 01000000 10 6f6b00 00'),
  ],
  ldap: [
    hex('300c 020101 6007 020103 0400 8000'),
    hex('3025 020102 6320 0400 0a0102 0a0100 020100 020100 0101ff a308 0404 6d61696c 0400 3000'),
    hex('300c 020102 6507 0a0100 0400 0400'),
  ],
} as const;

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(Object.entries(SESSIONS))('%s', (name, [hello, sent, received]) => {
  it('is recognised by its first bytes', () => {
    const { tap } = quietTap();
    tap.sent(hello);
    expect(tap.protocol).toBe(name);
  });

  it('spoilt in a thousand ways, cut anywhere, is read without throwing', () => {
    const random = numbers(7);
    const read = (): void => {
      for (let round = 0; round < 1000; round += 1) {
        const { tap } = quietTap();
        tap.sent(hello);
        for (const [side, message] of [
          ['sent', sent],
          ['received', received],
          ['sent', sent],
        ] as const) {
          const bytes = Buffer.from(message);
          for (let spoilt = 0; spoilt < 3; spoilt += 1)
            bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
          const cut = Math.floor(random() * bytes.length);
          tap[side](bytes.subarray(0, cut));
          tap[side](bytes.subarray(cut));
        }
      }
    };
    expect(read).not.toThrow();
  });
});

describe('LDAP', () => {
  const ber = (tag: number, ...parts: (Buffer | string)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    return Buffer.concat([Buffer.from([tag, body.length]), body]);
  };
  const equals = ber(0xa3, ber(4, 'mail'), ber(4, 'ada@x'));
  const either = ber(0xa1, ber(0xa2, ber(0xa3, ber(4, 'uid'), ber(4, 'ada'))), ber(0xa4, ber(4, 'sn')));
  const options = hex('0a0102 0a0100 020100 020100 0101ff');
  const filter = ber(0xa0, equals, ber(0x87, 'cn'), either);
  const search = ber(0x30, hex('020102'), ber(0x63, ber(4, 'dc=ada'), options, filter, ber(0x30)));

  it('a bind that is refused and a search, without a name or value', () => {
    const { tap, told } = quietTap();
    tap.sent(hex('300c 020101 6007 020103 0400 8000'));
    tap.received(hex('300c 020101 6107 0a0131 0400 0400'));
    tap.sent(search);
    tap.received(
      hex('3009 020102 6404 0400 3000 3009 020102 6404 0400 3000 300c 020102 6507 0a0100 0400 0400'),
    );
    expect(told[0]).toEqual(['bind', []]);
    expect(told[1]).toEqual([1, null, '49 invalidCredentials']);
    expect(told[2]).toEqual(['search subtree (&(mail=…)(cn=*)(|(!(uid=…))(sn=*…*)))', []]);
    expect(told[3]).toEqual([2, 2, null]);
    expect(JSON.stringify(told)).not.toContain('ada');
  });
});
