import { inspect } from 'node:util';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, Credential } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import { Secret } from '#domain/secret.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
let replica: Replica;
beforeEach(() => {
  folder = temporaryFolder('replica');
  replica = replicaOpener.open(join(folder, 'replica.db'));
});
afterEach(() => {
  replica.close();
  removeFolder(folder);
});

const apply = (...events: MigrationEvent[]): void =>
  replica.batch((batch) => events.forEach((event, index) => batch.apply(event, 1_000 + index, index)));
const created = (one: Account): MigrationEvent => ({ type: 'account-created', account: one });

/** Secrets print as a mask and compare as equal: here they are opened. */
const revealed = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key, given: unknown) {
      const original = this[key];
      return original instanceof Secret ? `revealed ${original.reveal()}` : given;
    }),
  );

describe('looking accounts up', () => {
  it('finds an account by each identifier and gives every attribute back', () => {
    const ada = account(1, {
      mfaFactors: [{ totp: { secret: 'x' } }],
      picture: 'https://pic.example/1',
      blocked: true,
    });
    apply(created(account(0)), created(ada), created(account(2)));
    const found = [
      replica.byUserId('user-1'),
      replica.byEmail('ADA.1@example.COM'),
      replica.byUsername('aDA1'),
      replica.byPhone('+306900000001'),
    ];
    expect(revealed(found)).toEqual(revealed([ada, ada, ada, ada]));
    expect(replica.accountCount()).toBe(3);
  });

  it('says at once that nobody has any of some identifiers, half-created and deleted accounts counted too', () => {
    const nobody = { userId: null, email: null, username: null, phoneNumber: null };
    apply(created(account(0)), created(account(1, { state: 'partial', phoneNumber: null })));
    apply({ type: 'state-changed', userId: 'user-0', from: 'migrated', to: 'deleted' });
    expect([
      replica.hasNone(nobody),
      replica.hasNone({ userId: 'user-9', email: 'x@example.com', username: 'x', phoneNumber: '+1' }),
      replica.hasNone({ ...nobody, userId: 'user-0' }),
      replica.hasNone({ ...nobody, email: 'aDA.1@example.COM' }),
      replica.hasNone({ ...nobody, username: 'ADA1' }),
      replica.hasNone({ ...nobody, email: 'x@example.com', phoneNumber: '+306900000000' }),
      replica.batch((batch) => batch.hasNone({ ...nobody, userId: 'user-1' })),
    ]).toEqual([true, true, false, false, false, false, false]);
  });

  it('keeps an account without any optional attribute apart from empty texts', () => {
    const bare = account(1, {
      email: null, username: null, phoneNumber: null, name: null, givenName: '', familyName: null,
      userMetadata: null, appMetadata: {}, credential: { kind: 'none' },
    }); // biome-ignore format: one fact
    apply(created(bare));
    expect(replica.byUserId('user-1')).toEqual(bare);
  });

  it('folds case beyond ASCII, but takes user ids and phone numbers as they are', () => {
    const one = account(1, { email: 'ÅSA.ÖBERG@Exämple.se', username: 'ΣΟΦΙΑ' });
    apply(created(one));
    expect(replica.byEmail('åsa.öberg@exÄmple.se')?.userId).toBe('user-1');
    expect(replica.byUsername('σοφια')?.userId).toBe('user-1');
    expect(replica.byUserId('USER-1')).toBeNull();
    expect(replica.byEmail('')).toBeNull();
  });

  it('gives the account that came first where two share an address', () => {
    apply(created(account(1, { userId: 'zz' })), created(account(1, { userId: 'aa' })));
    expect(replica.byEmail('ada.1@example.com')?.userId).toBe('zz');
  });

  it('hides interrupted creations from searches, yet lets a creation see that it collides', () => {
    apply(created(account(1, { state: 'partial' })), created(account(2)));
    const hidden = [
      replica.byUserId('user-1'),
      replica.byEmail('ada.1@example.com'),
      replica.byUsername('ada1'),
      replica.byPhone('+306900000001'),
    ];
    expect(hidden).toEqual([null, null, null, null]);
    const collisions = [
      replica.partialByUserId('user-1'),
      replica.partialByEmail('ADA.1@example.com'),
      replica.partialByUsername('ADA1'),
    ].map((found) => found?.userId);
    expect(collisions).toEqual(['user-1', 'user-1', 'user-1']);
    expect(replica.partialByEmail('ada.2@example.com')).toBeNull();
    expect(replica.accountCount()).toBe(1);
  });

  it('sees what its own batch has written so far', () => {
    const seen = replica.batch((batch) => {
      batch.apply(created(account(1)), 0, 0);
      return batch.byEmail('ada.1@example.com')?.userId;
    });
    expect(seen).toBe('user-1');
  });
});

const caught = (work: () => void): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
const secret = (text: string): Secret => new Secret(text);

describe('credentials', () => {
  const kinds: readonly Credential[] = [
    { kind: 'none' },
    { kind: 'random' },
    { kind: 'tenant-bcrypt', hash: null },
    { kind: 'tenant-bcrypt', hash: secret('$2b$10$tenant') },
    { kind: 'imported-bcrypt', hash: secret('$2b$12$imported') },
    {
      kind: 'imported-custom',
      hash: {
        algorithm: 'hmac',
        hash: {
          value: secret('aGFzaA=='),
          encoding: 'base64',
          digest: 'sha256',
          key: { value: secret('k"ey') },
        },
        salt: { value: secret('ünïcode'), position: 'suffix' },
        password: { encoding: 'utf16le' },
      },
    },
    {
      kind: 'imported-custom',
      hash: {
        algorithm: 'scrypt',
        hash: { value: secret('ff'), encoding: 'hex' },
        keylen: 64,
        cost: 16384,
        blockSize: 8,
        parallelization: 1,
      },
    },
  ];

  it('comes back as it was stored, every kind of it', () => {
    apply(...kinds.map((credential, n) => created(account(n, { credential }))));
    const found = kinds.map((_, n) => replica.byUserId(`user-${n}`)?.credential);
    expect(revealed(found)).toEqual(revealed(kinds));
  });

  it('is replaced as a whole: no secret of the old one stays behind', () => {
    apply(created(account(1, { credential: kinds[5]! })));
    for (const credential of kinds) {
      apply({ type: 'credential-set', userId: 'user-1', credential });
      expect(revealed(replica.byUserId('user-1')?.credential)).toEqual(revealed(credential));
    }
  });

  it('does not print', () => {
    apply(created(account(1, { credential: kinds[5]! })));
    const printed =
      inspect(replica.byUserId('user-1'), { depth: 9 }) + JSON.stringify(replica.byUserId('user-1'));
    expect(printed).not.toMatch(/aGFzaA|k.?"ey|ünïcode/);
  });

  it('stays out of the error when a batch fails', () => {
    const thrown = caught(() => apply(created(account(1)), created(account(1))));
    expect(String(thrown)).toContain('our bug: user-1 is created a second time');
    expect(inspect(thrown, { depth: 9, showHidden: true })).not.toContain('$2b$10$');
  });
});

describe('events', () => {
  it('change the attributes they name and no others', () => {
    apply(created(account(1)));
    const changes = {
      email: 'New@Example.org',
      emailVerified: true,
      userMetadata: null,
      appMetadata: { a: [1] },
      blocked: true,
    };
    apply({ type: 'account-updated', userId: 'user-1', changes });
    expect(revealed(replica.byEmail('new@example.ORG'))).toEqual(revealed({ ...account(1), ...changes }));
    expect(replica.byEmail('ada.1@example.com')).toBeNull();
    apply({ type: 'account-updated', userId: 'user-1', changes: {} });
    expect(revealed(replica.byUserId('user-1'))).toEqual(revealed({ ...account(1), ...changes }));
  });

  it('turn an interrupted creation into an account', () => {
    apply(created(account(1, { state: 'partial' })));
    apply({ type: 'state-changed', userId: 'user-1', from: 'partial', to: 'migrated' });
    expect(replica.byEmail('ada.1@example.com')?.state).toBe('migrated');
    expect(replica.partialByEmail('ada.1@example.com')).toBeNull();
  });

  it('delete an account so that its identifiers are free again', () => {
    apply(created(account(1)), { type: 'account-deleted', userId: 'user-1' });
    expect([replica.byUserId('user-1'), replica.accountCount()]).toEqual([null, 0]);
    apply(created(account(1, { name: 'Again', credential: { kind: 'none' } })));
    expect(replica.byUserId('user-1')).toEqual(account(1, { name: 'Again', credential: { kind: 'none' } }));
  });

  it('leave no secret in the file of an account that is gone, whichever way it went', () => {
    apply(created(account(1)), created(account(2)), { type: 'account-deleted', userId: 'user-1' });
    apply({ type: 'state-changed', userId: 'user-2', from: 'migrated', to: 'deleted' });
    const file = new Database(join(folder, 'replica.db'), { readonly: true });
    expect(file.prepare('SELECT * FROM credentials').all()).toEqual([]);
    file.close();
  });

  it('leave nothing to find of an account whose state became deleted, and allow it anew', () => {
    apply(created(account(1)), { type: 'state-changed', userId: 'user-1', from: 'migrated', to: 'deleted' });
    const left = [replica.byUserId('user-1'), replica.partialByUserId('user-1'), replica.accountCount()];
    expect([...left, replica.wasDeleted('user-1'), replica.wasDeleted('user-2')]).toEqual([
      null,
      null,
      0,
      true,
      false,
    ]);
    apply(created(account(1, { name: 'Again', credential: { kind: 'none' } })));
    expect(replica.byEmail('ada.1@example.com')?.name).toBe('Again');
    expect(replica.wasDeleted('user-1')).toBe(false);
    expect(replica.byEmail('ada.1@example.com')?.credential).toEqual({ kind: 'none' });
  });

  it.each<[string, MigrationEvent, string]>([
    [
      'update',
      { type: 'account-updated', userId: 'ghost', changes: { name: 'x' } },
      'account-updated for ghost',
    ],
    [
      'credential',
      { type: 'credential-set', userId: 'ghost', credential: { kind: 'none' } },
      'credential-set for ghost',
    ],
    [
      'state',
      { type: 'state-changed', userId: 'ghost', from: 'shadow', to: 'migrated' },
      'state-changed for ghost',
    ],
    ['deletion', { type: 'account-deleted', userId: 'ghost' }, 'account-deleted for ghost'],
  ])('about an account that is not there are a bug: %s', (_, event, message) => {
    expect(() => apply(event)).toThrow(`our bug: ${message}, which is not in the replica`);
  });

  it('from a state the account is not in are a bug, and change nothing', () => {
    apply(created(account(1)));
    const wrong = () =>
      apply(
        { type: 'account-updated', userId: 'user-1', changes: { name: 'half' } },
        { type: 'state-changed', userId: 'user-1', from: 'shadow', to: 'migrated' },
      );
    expect(wrong).toThrow('our bug: user-1 is migrated, not shadow');
    expect(replica.byUserId('user-1')?.name).toBe('Ada Lovelace 1');
  });
});
