import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import type { TableInfo } from '#engine/ports/legacy-store.ts';
import { nameParts } from '#legacy/dialect.ts';
import { nameFit, scoreColumn, wordsOf } from '#legacy/introspection/column-score.ts';

const TABLE_NAMES = [
  'users',
  'user',
  'authuser',
  'aspnetusers',
  'appusers',
  'accounts',
  'account',
  'members',
  'member',
  'customers',
  'customer',
  'customerentity',
  'userentity',
  'people',
  'persons',
  'person',
  'membership',
  'identities',
  'profiles',
  'logins',
  'clients',
  'subscribers',
  'benutzer',
  'kunden',
  'nutzer',
  'mitglieder',
  'usuarios',
  'usuario',
  'clientes',
  'utilisateurs',
  'utilisateur',
  'clientsweb',
  'utenti',
  'gebruikers',
  'klanten',
  'uzytkownicy',
] as const;

/** Tables about users that are not lists of users. */
const SIDE_TABLE = new Set([
  'log',
  'logs',
  'history',
  'audit',
  'session',
  'sessions',
  'token',
  'tokens',
  'role',
  'roles',
  'claims',
  'claim',
  'group',
  'groups',
  'permission',
  'permissions',
  'meta',
  'usermeta',
  'backup',
  'bak',
  'old',
  'tmp',
  'temp',
  'archive',
  'settings',
  'preferences',
  'migrations',
  'password',
  'resets',
  'address',
  'addresses',
  'orders',
  'payments',
  'events',
]);

export interface TableScore {
  readonly table: string;
  /** 0..1 */
  readonly confidence: number;
  readonly reason: string;
}

/** How much a table looks like the list of users: its name, and whether it has what a login needs. */
export function scoreTable(table: TableInfo, rows: readonly LegacyRow[]): TableScore {
  const name = nameParts(table.name).at(-1) ?? table.name;
  const { fit, like } = nameFit(name, TABLE_NAMES);
  const best = (attribute: 'email' | 'username' | 'passwordHash') =>
    Math.max(0, ...table.columns.map((column) => scoreColumn(attribute, column, rows)?.confidence ?? 0));
  const identifier = Math.max(best('email'), best('username'));
  const password = best('passwordHash');
  const side = wordsOf(name).some((word) => SIDE_TABLE.has(word)) ? 0.4 : 1;
  const facts = [
    ...(fit > 0 ? [`the name is like "${like}"`] : []),
    ...(identifier > 0.4 ? ['it has e-mail addresses or usernames'] : []),
    ...(password > 0.4 ? ['it has password hashes'] : []),
    ...(side < 1 ? ['but the name speaks of something beside users'] : []),
  ];
  const known = (table.estimatedRows ?? 1) === 0 ? 0.9 : 1;
  const view = table.kind === 'view' ? 0.95 : 1;
  const confidence = (fit * 0.3 + identifier * 0.35 + password * 0.35) * side * known * view;
  return { table: table.name, confidence: Math.round(confidence * 100) / 100, reason: facts.join('; ') };
}
