import { expect, test } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { type AccountEvent, applyEvent } from '#domain/migration/apply-event.ts';
import { annasAccount } from '#test/given-accounts.ts';

const anna = annasAccount();
const deleted: AccountEvent = { type: 'state-changed', userId: '7', from: 'migrated', to: 'deleted' };
const after = (account: Account | null, ...events: AccountEvent[]) =>
  events.reduce<Account | null>(applyEvent, account);

test('events make, change and remove an account', () => {
  const changes = { name: 'Anna', emailVerified: true };
  expect({
    created: after(null, { type: 'account-created', account: anna }),
    updated: after(anna, { type: 'account-updated', userId: '7', changes }),
    credential: after(anna, { type: 'credential-set', userId: '7', credential: { kind: 'random' } })
      ?.credential,
    deleted: after(anna, deleted),
    returned: after(anna, deleted, { type: 'account-created', account: anna }),
    removed: after(anna, { type: 'account-deleted', userId: '7' }),
  }).toEqual({
    created: anna,
    updated: { ...anna, ...changes },
    credential: { kind: 'random' },
    deleted: { ...anna, state: 'deleted', credential: { kind: 'none' } },
    returned: anna,
    removed: null,
  });
});

test('an event that does not fit is our bug', () => {
  const misfits: [Account | null, AccountEvent][] = [
    [anna, { type: 'account-created', account: anna }],
    [null, { type: 'account-updated', userId: '7', changes: {} }],
    [anna, { type: 'state-changed', userId: '7', from: 'shadow', to: 'migrated' }],
    [anna, { type: 'state-changed', userId: '7', from: 'migrated', to: 'legacy-only' }],
  ];
  for (const [account, event] of misfits) expect(() => applyEvent(account, event)).toThrow(/^our bug: /);
});
