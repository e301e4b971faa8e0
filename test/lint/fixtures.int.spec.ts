import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SLOTS, type Slot } from '#domain/migration/slots.ts';
import { lint } from '#test/lint.ts';

const root = join(import.meta.dirname, '../..');
const scriptsIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .sort();

/** `login` for `sqlserver/login.js` and for `missing-return.login.js`. */
function slotOf(file: string): Slot {
  const name = /(?:^|[./\\])([a-z_]+)\.js$/.exec(file)?.[1];
  const slot = SLOTS.find((one) => one === name);
  if (slot === undefined) throw new Error(`${file} names no slot`);
  return slot;
}

function found(folder: string, file: string) {
  return lint(slotOf(file), readFileSync(join(root, folder, file), 'utf8'));
}

const problems = (folder: string, file: string) =>
  found(folder, file)
    .filter(({ severity }) => severity !== 'note')
    .map(({ code }) => code);

const CORRECT = 'test/fixtures/scripts/correct';
const DEFECTS = 'test/fixtures/scripts/defects';

describe('correct scripts of many styles', () => {
  it('are enough to mean something', () => {
    expect(scriptsIn(CORRECT).length).toBeGreaterThanOrEqual(25);
  });

  it.each(scriptsIn(CORRECT))('%s has no error and no warning', (file) => {
    expect(problems(CORRECT, file)).toEqual([]);
  });
});

/**
 * The mistakes that are known of Auth0's own script templates, each in a script of ours. `trial`: the text is in
 * order, and only a run against a database shows what is wrong.
 */
const KNOWN: Readonly<Record<string, readonly string[] | 'trial'>> = {
  'axios-removed-version.get_user.js': ['lint.module-version-removed'],
  'columns-by-name.get_user.js': ['lint.tedious-column-names'],
  'connection-left-open.get_user.js': ['script.connection-left-open'],
  'duplicate-as-error.create.js': ['lint.duplicate-as-plain-error'],
  'error-message-event.login.js': ['lint.error-event-and-callback'],
  // A made-up user for everybody: nothing in the text says that it should have been looked up.
  'fixed-profile.get_user.js': 'trial',
  'missing-return.login.js': ['script.called-twice'],
  'mongodb-5-callback.get_user.js': ['lint.mongodb-callback'],
  'mongodb-id-as-text.delete.js': ['lint.mongo-id-as-text'],
  'mongodb-removed-version.get_user.js': ['lint.module-version-removed'],
  'mongodb-result-as-number.verify.js': ['lint.mongo-result-as-number'],
  'mysql-as-function.get_user.js': ['lint.mysql-as-function'],
  'mysql-update-length.change_password.js': ['lint.update-result-length'],
  'mysql-update-length.verify.js': ['lint.update-result-length'],
  'not-transact-sql.create.js': ['lint.sql-dialect'],
  'not-transact-sql.verify.js': ['lint.sql-dialect'],
  'oracle.login.js': ['lint.module-gone'],
  'pbkdf2-without-digest.change_password.js': ['lint.pbkdf2-without-digest'],
  'pg-connect.login.js': ['lint.pg-connect'],
  'response-missing.login.js': ['lint.response-not-checked'],
  'rows-not-collected.get_user.js': ['lint.tedious-rows-empty', 'lint.row-not-checked'],
  // Which columns a row has is known to the database only.
  'salt-not-selected.login.js': 'trial',
  'status-ignored.delete.js': ['lint.module-deprecated', 'lint.status-ignored'],
  'status-ignored.get_user.js': ['lint.module-deprecated', 'lint.status-ignored'],
  'tedious-never-connects.login.js': ['lint.tedious-no-connect', 'lint.tedious-old-configuration'],
  'tedious-removed-version.get_user.js': ['lint.module-version-removed'],
  // Stores client_id, tenant and the like beside the user; no rule says what a document may hold.
  'whole-user-inserted.create.js': 'trial',
  'wrong-password-silent.login.js': [
    'script.never-called-back',
    'lint.row-not-checked',
    'script.sql-built',
    'script.sync-hashing',
  ],
};

describe('known mistakes', () => {
  it('are all in the table', () => {
    expect(Object.keys(KNOWN)).toEqual(scriptsIn(DEFECTS));
  });

  it.each(Object.entries(KNOWN))('%s', (file, expected) => {
    const codes = [...new Set(problems(DEFECTS, file))].sort();
    expect(codes).toEqual(expected === 'trial' ? [] : [...expected].sort());
  });
});

describe('scripts that the product brings along', () => {
  it.each(scriptsIn('templates/project'))('templates/project/%s has no error and no warning', (file) => {
    expect(problems('templates/project', file)).toEqual([]);
  });

  // The old formats that these write are weak by nature; the scripts say so themselves.
  const WEAK = /^aspnet-membership-\w+[/\\](create|change_password)\.js$/;
  it.each(scriptsIn('templates/scripts'))('templates/scripts/%s has no error and no warning', (file) => {
    const allowed = WEAK.test(file) ? ['lint.weak-hash'] : [];
    expect(problems('templates/scripts', file).filter((code) => !allowed.includes(code))).toEqual([]);
  });

  // Two faults are planted in the sample on purpose: a trial shows whom they hit, the linter shows where they are.
  // Actions and triggers beside them are not in the slots of a connection.
  const inSlots = (file: string) => SLOTS.some((slot) => file.endsWith(`${slot}.js`));
  it.each(scriptsIn('templates/sample').filter(inSlots))(
    'templates/sample/%s has its two planted faults and no other',
    (file) => {
      expect([...problems('templates/sample', file)].sort()).toEqual([
        'script.never-called-back',
        'state.user-id-unstable',
      ]);
    },
  );
});
