import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentifierIndex } from '#replica/identifier-index.ts';
import { faultOf } from '#test/fault-of.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const RUN = 2 ** 18;
/** More than twice what one run holds: two are in the file, the rest in memory. */
const ENTRIES = 600_000;

let folder: string;
let scratch: string;
beforeEach(() => {
  folder = temporaryFolder('identifiers');
  scratch = join(folder, 'identifiers');
});
afterEach(() => removeFolder(folder));

/** Spread over all 32 bits, every seventh the same as an earlier one. */
const hashAt = (n: number): number => Math.imul(n % 7 === 0 ? n >> 4 : n, 0x9e3779b1) | 0;

describe('the index of identifiers', () => {
  it('gives the rows of every hash, whether they wait in memory or were written', () => {
    const index = new IdentifierIndex(scratch, ENTRIES, RUN);
    const rows = new Map<number, number[]>();
    for (let row = 1; row <= ENTRIES; row++) {
      const hash = hashAt(row);
      index.add(hash, row);
      const known = rows.get(hash);
      if (known === undefined) rows.set(hash, [row]);
      else known.push(row);
    }
    const asked = [...rows.keys()].filter((_, at) => at % 40 === 0);
    expect(asked.map((hash) => index.rowsOf(hash))).toEqual(asked.map((hash) => rows.get(hash)));
    expect(asked.some((hash) => rows.get(hash)!.length > 1)).toBe(true);
    index.close();
  });

  it('knows most strangers at once, and has no row for any of them', () => {
    const index = new IdentifierIndex(scratch, 300_000, RUN);
    for (let row = 1; row <= 300_000; row++) index.add(Math.imul(row, 0x9e3779b1), row);
    const strangers = Array.from({ length: 20_000 }, (_, n) => Math.imul(5_000_000 + n, 0x9e3779b1));
    const doubtful = strangers.filter((hash) => index.mayHave(hash)).length;
    expect({ few: doubtful < 1_000, rows: strangers.flatMap((hash) => index.rowsOf(hash)) }).toEqual({
      few: true,
      rows: [],
    });
    index.close();
  });

  it('finds a hash that fills more than a block of a run', () => {
    const index = new IdentifierIndex(scratch, 1_000, RUN);
    const same = Array.from({ length: 2_000 }, (_, n) => n + 1);
    for (const row of same) index.add(42, row);
    for (let row = 2_001; row < 300_000; row++) index.add(Math.imul(row, 0x9e3779b1), row);
    expect(index.rowsOf(42)).toEqual(same);
    index.close();
  });

  it('writes a scratch file once there are many, and removes it', () => {
    const index = new IdentifierIndex(scratch, 10, RUN);
    const begun = existsSync(scratch);
    for (let row = 1; row < 300_000; row++) index.add(row, row);
    const written = existsSync(scratch);
    index.close();
    expect([begun, written, existsSync(scratch)]).toEqual([false, true, false]);
  });

  it('says where it cannot write', async () => {
    const index = new IdentifierIndex(join(folder, 'gone', 'identifiers'), 10, RUN);
    const fill = async (): Promise<void> => {
      for (let row = 1; row < 300_000; row++) index.add(row, row);
    };
    const fault = await faultOf(fill());
    expect({ kind: fault.kind, where: fault.where }).toEqual({
      kind: 'replica-unwritable',
      where: join(folder, 'gone', 'identifiers'),
    });
  });
});
