import { describe, expect, it } from 'vitest';
import { sniffingTap } from '#sandbox/wiretap/sniff.ts';
import { maskedSql, MessageCutter, MOST_KEPT_BYTES } from '#sandbox/wiretap/tap.ts';

function recorded() {
  const told: unknown[] = [];
  let next = 0;
  const waits: boolean[] = [];
  const open = new Map<number, readonly [string, readonly string[]]>();
  const tap = sniffingTap({
    begin(text, binds) {
      next += 1;
      open.set(next, [text(), binds()]);
      return next;
    },
    end(statement, rows, error) {
      told.push([...open.get(statement)!, rows, error ?? null]);
      open.delete(statement);
    },
    waiting: (on) => waits.push(on),
  });
  return { tap, told, open, waits };
}

const pg = (type: string, body: Buffer | string): Buffer => {
  const data = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(data.length + 4, 1);
  return Buffer.concat([head, data]);
};
const startup = Buffer.concat([Buffer.from([0, 0, 0, 9]), Buffer.from([0, 3, 0, 0]), Buffer.from([0])]);
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

describe('PostgreSQL', () => {
  it('a statement through the encryption handshake, cut at every byte', () => {
    const { tap, told } = recorded();
    tap.sent(sslRequest);
    tap.received(Buffer.from('S'));
    const out = Buffer.concat([startup, pg('p', 'secret\0'), pg('Q', "SELECT 'x'\0")]);
    for (const byte of out) tap.sent(Buffer.from([byte]));
    const back = Buffer.concat([pg('D', 'row'), pg('C', 'SELECT 1\0'), pg('Z', 'I')]);
    for (const byte of back) tap.received(Buffer.from([byte]));
    expect([tap.protocol, told]).toEqual(['postgresql', [["SELECT '…(1)'", [], 1, null]]]);
  });

  it('an error in a batch ends what follows it in the same batch', () => {
    const { tap, told, open } = recorded();
    tap.sent(startup);
    tap.received(pg('Z', 'I'));
    const bind = Buffer.from('\0\0\0\0\0\x01\0\0\0\x02ab\0\0', 'latin1');
    const execute = Buffer.concat([pg('P', '\0SELECT $1\0\0\0'), pg('B', bind), pg('E', '\0\0\0\0\0')]);
    tap.sent(Buffer.concat([execute, execute, pg('S', '')]));
    tap.received(Buffer.concat([pg('E', 'SERROR\0C42P01\0Mno "x"\0\0'), pg('Z', 'I')]));
    expect([told, open.size]).toEqual([
      [
        ['SELECT $1', ['text(2)'], 0, '42P01 no "x"'],
        ['SELECT $1', ['text(2)'], 0, null],
      ],
      0,
    ]);
  });
});

const packet = (sequence: number, body: Buffer | string): Buffer => {
  const data = Buffer.from(body);
  return Buffer.concat([Buffer.from([data.length & 255, data.length >> 8, 0, sequence]), data]);
};

describe('MySQL', () => {
  it('a result set, an error and a command without an answer of interest', () => {
    const { tap, told } = recorded();
    tap.received(packet(0, Buffer.from('\n8.0\0')));
    tap.sent(packet(1, 'login'));
    tap.received(packet(2, Buffer.from([0, 0, 0, 2, 0, 0, 0])));
    const eof = Buffer.from([0xfe, 0, 0, 2, 0]);
    tap.sent(packet(0, '\x03SELECT "a"'));
    tap.received(
      Buffer.concat([
        packet(1, '\x01'),
        packet(2, 'column'),
        packet(3, eof),
        packet(4, 'row'),
        packet(5, 'row'),
        packet(6, eof),
      ]),
    );
    tap.sent(packet(0, '\x03nope'));
    tap.received(packet(1, Buffer.concat([Buffer.from([0xff, 40, 4]), Buffer.from("#42000bad 'x'")])));
    tap.sent(packet(0, '\x0e'));
    tap.received(packet(1, Buffer.from([0, 0, 0, 2, 0, 0, 0])));
    expect([tap.protocol, told]).toEqual([
      'mysql',
      [
        ["SELECT '…(1)'", [], 2, null],
        ['nope', [], 0, "1064 bad '…(1)'"],
      ],
    ]);
  });
});

describe('HTTP', () => {
  it('a request without the values of its query', () => {
    const { tap, told } = recorded();
    tap.sent(Buffer.from('GET /u?email=ada%40x.org&q=1 HTTP/1.1\r\nHost: api.example.com\r\n\r\n'));
    tap.received(Buffer.from('HTTP/1.1 404 Not Found\r\n\r\n'));
    expect(told).toEqual([['GET api.example.com/u?email=…&q=…', [], null, 'HTTP 404']]);
  });
});

describe('anything else', () => {
  it.each([
    ['unknown', Buffer.from([0x16, 3, 1, 0, 1])],
    ['unknown', Buffer.alloc(0)],
  ])('is named %s and only its waiting is told', (name, data) => {
    const { tap, told, waits } = recorded();
    tap.sent(data);
    tap.received(Buffer.from('whatever'));
    expect([tap.protocol, told, waits]).toEqual([name, [], [true, false]]);
  });

  it('a hostile length neither throws nor fills memory', () => {
    const seen: number[] = [];
    const cutter = new MessageCutter(
      4,
      (head) => head.readUInt32BE(0),
      (message) => seen.push(message.length),
    );
    const head = Buffer.alloc(MOST_KEPT_BYTES * 2);
    head.writeUInt32BE(200_000);
    cutter.push(head);
    cutter.push(Buffer.alloc(200_000 - head.length));
    cutter.push(Buffer.from([0, 0, 0, 5, 1]));
    expect(seen).toEqual([MOST_KEPT_BYTES, 5]);
  });
});

describe('statements as they are shown', () => {
  it.each([
    [
      "SELECT * FROM t WHERE a = 'it''s' AND \"b\" = 1",
      false,
      'SELECT * FROM t WHERE a = \'…(5)\' AND "b" = 1',
    ],
    ['SELECT $$secret$$, $q$se$cret$q$', false, "SELECT '…(8)', '…(11)'"],
    ['SELECT "x\\"y", \'z\\\'\' FROM `t`', true, "SELECT '…(4)', '…(3)' FROM `t`"],
    ["SELECT 'cut of", false, "SELECT '…(5)'"],
  ])('%s', (sql, doubleQuotes, shown) => {
    expect(maskedSql(sql, doubleQuotes)).toBe(shown);
  });
});
