import type { Account, AccountState, Credential } from '#domain/migration/account.ts';

/** Tenant log types a rehearsal can write. The codes are the tenant's own. */
export type TenantLogType =
  | 's' | 'f' | 'fp' | 'fu' | 'ss' | 'fs' | 'scp' | 'fcp' | 'scpr' | 'fcpr' | 'sce' | 'fce'
  | 'scu' | 'fcu' | 'sv' | 'fv' | 'sdu' | 'fdu' | 'sui' | 'fui' | 'sapi' | 'w' | 'wum'
  | 'limit_wc' | 'limit_sul' | 'limit_mu'; // biome-ignore format: one family a line reads worse

/** The facts a tenant flow leaves behind, in order. Applying them is the only way the replica changes. */
export type MigrationEvent =
  | { readonly type: 'account-created'; readonly account: Account }
  | { readonly type: 'account-updated'; readonly userId: string; readonly changes: AccountChanges }
  | { readonly type: 'credential-set'; readonly userId: string; readonly credential: Credential }
  | {
      readonly type: 'state-changed';
      readonly userId: string;
      readonly from: AccountState;
      readonly to: AccountState;
    }
  | { readonly type: 'account-deleted'; readonly userId: string }
  | {
      readonly type: 'logged';
      readonly log: TenantLogType;
      /** With `auth0|`, as the tenant logs it; empty where the tenant logs none. */
      readonly userId: string;
      readonly description: string;
    };

export type AccountChanges = Partial<Omit<Account, 'userId' | 'state' | 'origin' | 'credential'>>;
