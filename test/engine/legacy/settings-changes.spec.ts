import { describe, expect, it } from 'vitest';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { settingsChanges } from '#engine/legacy/settings-changes.ts';
import type { LegacyInspection } from '#engine/ports/legacy-inspection.ts';

type Part = Pick<ProjectSettings, 'users' | 'fields'>;

const STARTER: Part = {
  users: { table: 'users', key: ['id'] },
  fields: { id: 'id', email: 'email', givenName: 'first_name' },
};

const judged = (column: string) => ({ column, confidence: 0.9, reason: `like ${column}` });

const INSPECTION: LegacyInspection = {
  tables: [
    {
      name: 'shop.wp_users',
      kind: 'table',
      estimatedRows: 3,
      columns: ['ID', 'user_email', 'user_login'].map((name) => ({
        name,
        type: 'text',
        nullable: false,
        primaryKey: name === 'ID' ? 1 : null,
        unique: false,
      })),
    },
  ],
  proposal: {
    table: { table: 'shop.wp_users', confidence: 0.9, reason: 'the name' },
    alternatives: [],
    key: { columns: ['ID'], confidence: 0.99, reason: 'the primary key' },
    fields: { id: judged('ID'), email: judged('user_email'), username: judged('user_login') },
    findings: [],
  },
  rows: [],
};

const brief = (changes: readonly { setting: string; from: unknown; to: unknown }[]) =>
  changes.map(({ setting, from, to }) => [setting, from, to]);

describe('what a proposal changes', () => {
  it('replaces what a new project starts with, adds, and takes out columns that are not there', () => {
    const { changes, kept } = settingsChanges(STARTER, STARTER, INSPECTION, false);
    expect({ changes: brief(changes), kept }).toEqual({
      changes: [
        ['users.table', 'users', 'shop.wp_users'],
        ['users.key', ['id'], ['ID']],
        ['fields.id', 'id', 'ID'],
        ['fields.email', 'email', 'user_email'],
        ['fields.username', null, 'user_login'],
        ['fields.givenName', 'first_name', null],
      ],
      kept: [],
    });
  });

  const BY_HAND: Part = {
    users: { table: 'wp_users', key: ['ID'] },
    fields: { id: 'ID', email: 'login_mail', username: 'user_login', givenName: 'no_such_column' },
  };

  it('leaves what was set by hand, and says so', () => {
    const { changes, kept } = settingsChanges(BY_HAND, STARTER, INSPECTION, false);
    expect({ changes: brief(changes), kept: brief(kept) }).toEqual({
      changes: [],
      kept: [['fields.email', 'login_mail', 'user_email']],
    });
  });

  it('replaces it too where that is asked for, but takes nothing out', () => {
    const { changes, kept } = settingsChanges(BY_HAND, STARTER, INSPECTION, true);
    expect({ changes: brief(changes), kept }).toEqual({
      changes: [['fields.email', 'login_mail', 'user_email']],
      kept: [],
    });
  });

  it('does not touch the table beside a query, and nothing where no table fits', () => {
    const query: Part = { users: { query: 'SELECT 1', key: ['id'] }, fields: { id: 'ID' } };
    const none = { ...INSPECTION, proposal: { ...INSPECTION.proposal, table: null } };
    expect({
      query: brief(settingsChanges(query, STARTER, INSPECTION, true).changes).map(([setting]) => setting),
      none: settingsChanges(STARTER, STARTER, none, true),
    }).toEqual({
      query: ['users.key', 'fields.email', 'fields.username'],
      none: { changes: [], kept: [] },
    });
  });
});
