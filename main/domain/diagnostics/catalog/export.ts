import { exportImportEntries } from '#domain/diagnostics/catalog/export-import.ts';
import { exportTenantEntries } from '#domain/diagnostics/catalog/export-tenant.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const scriptEntries = {
  'export.script-unvalidated': {
    severity: 'error',
    title: 'script was not validated by the named trials',
    meaning:
      'No named trial ran exactly this text for its users and ended within what was allowed. Nobody knows yet what it does with real users.',
    fix: 'Run a trial with the script as it is now and name that trial, or export it knowingly with --allow-unvalidated: its file and the proof are then labelled.',
  },
  'export.settings-changed': {
    severity: 'error',
    title: 'settings are others than in the trial',
    meaning:
      'userferry.json or the options of the connection changed after the trial. What was rehearsed is not what would be exported: mapping, import mode and script context decide what scripts do.',
    fix: 'Run the trial again with the present settings, or put the old ones back.',
  },
  'export.marker-in-script': {
    severity: 'error',
    title: 'text in a script would be replaced on the way',
    meaning:
      'The deploy tool replaces ##NAME## and @@NAME@@ in every file it sends, inside scripts too, with a mapping or an environment variable of that name. The tenant would run another text than the one in the file.',
    fix: 'Write the text so that it has no such marker, for example by splitting the string, and rehearse the script again.',
  },
  'export.marker-deliberate': {
    severity: 'warning',
    title: 'script depends on a value filled in by the deploy tool',
    meaning:
      'The script holds a marker that was filled with a value when it was rehearsed. It works only if the deploy tool is given the same value; the configuration of the connection is the safer place for it.',
    fix: 'Give the deploy tool the same value, or read it from "configuration" in the script.',
  },
  'export.marker-not-filled': {
    severity: 'error',
    title: 'script needs a value that this format does not fill in',
    meaning:
      'The script was rehearsed with a value in the place of ##NAME## or @@NAME@@. Only the deploy tool fills such markers; here the tenant would get the marker itself.',
    fix: 'Read the value from "configuration" in the script and rehearse it again, or use a format of the deploy tool.',
  },
  'export.login-assumed': {
    severity: 'warning',
    title: 'password checks of the login script were assumed',
    meaning:
      'The trial answered the password comparison for the script. Everything around the comparison was rehearsed, the comparison itself was not.',
    fix: 'Add test accounts with known passwords and run a lazy trial at depth "proven" as well.',
  },
  'export.trial-partial': {
    severity: 'warning',
    title: 'trial covered a part of the users',
    meaning:
      'A limit, a condition or a list of keys kept users out of the trial. About them nothing is known.',
    fix: 'Run the trial without a filter before the export is used in production.',
  },
  'export.change-email-lost': {
    severity: 'warning',
    title: 'change_email script does not survive the dashboard',
    meaning:
      'The dashboard does not know the change_email slot: saving any script there deletes this one, without a word.',
    fix: 'Change scripts of this connection with the deploy tool, Terraform or the API only, and check the slot after every visit to the dashboard.',
  },
} as const satisfies Record<string, CatalogEntry>;

/** Findings of an export: what forbids it, and what to know before it is used. */
export const exportCatalog = { ...scriptEntries, ...exportTenantEntries, ...exportImportEntries } as const;
