import { expect, test } from 'vitest';
import { overlayAccounts } from '#engine/flows/overlay-accounts.ts';
import type { AccountLookup } from '#engine/ports/replica.ts';
import { annasAccount, storeOf } from '#test/given-accounts.ts';

const ANNA = annasAccount({ username: 'anna', phoneNumber: '+491' });
const BO = annasAccount({ userId: '8', email: 'bo@example.com', username: null });
const LEFTOVER = annasAccount({ userId: '9', email: 'cy@example.com', state: 'partial' });
const base: AccountLookup = { ...storeOf(ANNA, BO, LEFTOVER), wasDeleted: (id) => id === '5' };

test('gives what the store below has as long as nothing has changed', () => {
  const accounts = overlayAccounts(base);
  expect([
    accounts.byEmail('ANNA@example.com'),
    accounts.byUsername('Anna'),
    accounts.byPhone('+491'),
    accounts.byUserId('8'),
    accounts.partialByEmail('cy@example.com'),
    accounts.byEmail('cy@example.com'),
    accounts.wasDeleted('5'),
  ]).toEqual([ANNA, ANNA, ANNA, BO, LEFTOVER, null, true]);
  expect(overlayAccounts(null).byEmail('anna@example.com')).toBeNull();
});

test('what changed on top hides what is below, and the store below stays as it is', () => {
  const accounts = overlayAccounts(base);
  accounts.apply({ type: 'account-updated', userId: '7', changes: { email: 'new@example.com' } });
  accounts.apply({ type: 'state-changed', userId: '8', from: 'migrated', to: 'deleted' });
  accounts.apply({ type: 'state-changed', userId: '9', from: 'partial', to: 'migrated' });
  accounts.apply({ type: 'logged', log: 's', userId: 'auth0|7', description: '' });
  expect({
    old: accounts.byEmail('anna@example.com'),
    moved: accounts.byEmail('New@example.com')?.userId,
    username: accounts.byUsername('anna')?.email,
    deleted: [accounts.byUserId('8'), accounts.wasDeleted('8'), accounts.any('8')?.state],
    completed: [accounts.byEmail('cy@example.com')?.userId, accounts.partialByEmail('cy@example.com')],
    below: base.byEmail('anna@example.com'),
  }).toEqual({
    old: null,
    moved: '7',
    username: 'new@example.com',
    deleted: [null, true, 'deleted'],
    completed: ['9', null],
    below: ANNA,
  });
});

test('a deleted account makes room for one with its id', () => {
  const accounts = overlayAccounts(base);
  accounts.apply({
    type: 'account-created',
    account: annasAccount({ userId: '5', email: 'di@example.com' }),
  });
  expect([accounts.byEmail('di@example.com')?.userId, accounts.wasDeleted('5')]).toEqual(['5', false]);
  accounts.apply({ type: 'account-deleted', userId: '7' });
  expect(accounts.byEmail('anna@example.com')).toBeNull();
});
