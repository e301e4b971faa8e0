import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { countsOf, exportTarget, type FinishedAudit, runAuditOf } from '#test/audit-run.ts';
import {
  kindOf,
  PLANTED_OPTIONS,
  PLANTED_SETTINGS,
  plantedTruth,
  writePlantedExport,
  writePlantedLegacy,
} from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';

const USERS = 20_000;
let folder: string;
let audit: FinishedAudit;

beforeAll(async () => {
  folder = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  writePlantedLegacy(join(folder, 'legacy.db'), USERS);
  await writePlantedExport(join(folder, 'tenant.json.gz'), USERS);
  audit = await runAuditOf({
    project: folder,
    against: exportTarget(folder, 'tenant.json.gz'),
    list: true,
    ...PLANTED_OPTIONS,
  });
});

describe('an audit of two stores with planted differences', () => {
  it('finds every one of them and no other', () => {
    expect(countsOf(audit.result)).toEqual(plantedTruth(USERS));
  });

  it('says the same, samples and their order included, when nobody asks for the people', async () => {
    const counted = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'tenant.json.gz'),
      ...PLANTED_OPTIONS,
    });
    const said = ({ result: { generatedAt: _at, milliseconds: _ms, ...result } }: FinishedAudit) => result;
    expect({ people: counted.people, result: said(counted) }).toEqual({ people: [], result: said(audit) });
  });

  it('lists everybody once', () => {
    const legacy = audit.people.filter(({ legacyId }) => legacyId !== null);
    const strangers = audit.people.filter(({ legacyId }) => legacyId === null);
    expect({
      people: audit.people.length,
      legacy: new Set(legacy.map(({ legacyId }) => legacyId)).size,
      strangers: new Set(strangers.map(({ tenantIds }) => tenantIds[0])).size,
    }).toEqual({ people: audit.result.selected, legacy: USERS, strangers: (USERS / 1000) * 22 });
  });

  it('says of each person what was planted', () => {
    const expected = {
      'login-marker': 'migrated login-marker',
      'support-marker': 'migrated marker',
      'get-user-marker': 'migrated get-user-marker',
      'not-yet': 'not-yet audit.not-migrated',
      'no-marker': 'indeterminate audit.created-before-import',
      'never-logged-in': 'migrated created-after-import',
      'same-email-other-id': 'conflict audit.id-differs',
      'same-username-other-id': 'conflict audit.id-differs-by-username audit.email-differs',
      'second-user-same-email': 'duplicate audit.duplicate-user',
      'two-rows-one-email': 'duplicate audit.duplicate-email',
      'email-changed': 'migrated login-marker audit.email-differs',
      'email-other-case': 'migrated login-marker',
      'names-changed': 'migrated login-marker audit.attributes-differ',
      'blocked-in-legacy': 'migrated login-marker audit.blocked-only-in-legacy',
      'double-prefix': 'migrated login-marker audit.double-prefix',
      'metadata-lost': 'migrated login-marker audit.metadata-missing audit.attributes-differ',
      'bare-profile': 'partial audit.incomplete-profile audit.email-differs audit.attributes-differ',
    };
    const wrong = audit.people.flatMap(({ legacyId, state, code, sign, findings }) => {
      if (legacyId === null) return [];
      const kind = kindOf(Number(legacyId.slice(1)));
      const said = [state, code ?? sign, ...findings].join(' ');
      return said === expected[kind] ? [] : [`${legacyId} (${kind}): ${said}`];
    });
    expect(wrong).toEqual([]);
  });

  it('gives the same answer for the export in several files, packed and not', async () => {
    const { createReadStream, createWriteStream } = await import('node:fs');
    const { createGunzip } = await import('node:zlib');
    const { pipeline } = await import('node:stream/promises');
    const plain = join(folder, 'whole.ndjson');
    await pipeline(
      createReadStream(join(folder, 'tenant.json.gz')),
      createGunzip(),
      createWriteStream(plain),
    );
    const { readFileSync, writeFileSync } = await import('node:fs');
    const lines = readFileSync(plain, 'utf8').trimEnd().split('\n');
    const half = Math.floor(lines.length / 2);
    writeFileSync(join(folder, 'first.ndjson'), `\ufeff${lines.slice(0, half).join('\r\n')}\r\n`);
    const { gzipSync } = await import('node:zlib');
    writeFileSync(join(folder, 'second.gz'), gzipSync(lines.slice(half).join('\n')));
    const { result } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'first.ndjson', 'second.gz'),
      ...PLANTED_OPTIONS,
    });
    expect(countsOf(result)).toEqual(plantedTruth(USERS));
  });
});
