import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What an exported connection does to a tenant. */
export const exportTenantEntries = {
  'export.placeholders': {
    severity: 'note',
    title: 'values have to be supplied',
    meaning:
      'An export holds names, never values: every entry of the connection\'s configuration is a placeholder. A placeholder without a value is sent as it stands, and the scripts then read "##NAME##".',
    fix: 'Supply every listed name: as a mapping or an environment variable of the deploy tool, as a Terraform variable, or by filling the request. A value with a quote or backslash needs @@NAME@@ instead of ##NAME##.',
    reference: 'Keyword replacement (Auth0 Deploy CLI)',
  },
  'export.connection-completed': {
    severity: 'note',
    title: 'name or strategy added to database.json',
    meaning:
      'The deploy tool silently drops a connection whose database.json has a single key, such as "options" alone. The export always holds name and strategy.',
    fix: 'Nothing to mend in the export. Add the missing keys to the database.json of the project too.',
  },
  'export.connection-name-fixed': {
    severity: 'note',
    title: 'name and strategy of a connection cannot be changed',
    meaning:
      'A tenant knows a connection by its name. If the tenant has it under another name, the export creates a second, empty connection beside it.',
    fix: 'Compare the name with the tenant before the first import. Names have letters, digits and hyphens, and begin and end with a letter or digit.',
  },
  'export.script-map-replaced': {
    severity: 'warning',
    title: 'scripts that are not in the export are removed',
    meaning:
      'The list of scripts replaces the one in the tenant as a whole. A slot that the tenant has filled and the export has not is empty afterwards.',
    fix: 'Export the connection as it is first, and compare its slots with those listed here.',
  },
  'export.deploy-tool-default': {
    severity: 'warning',
    title: 'deploy tool sets an option that the export leaves open',
    meaning:
      'Where database.json does not say whether users may change their password themselves, the deploy tool sends "disable_self_service_change_password": false, also when it updates a connection that has it on.',
    fix: 'Write the option into database.json with the value that the tenant is to have.',
  },
  'export.script-context': {
    severity: 'warning',
    title: 'script context cannot be switched off again',
    meaning:
      '"enable_script_context" adds a parameter before the callback of every script. Once a tenant has it on, it stays on, and scripts written without it receive an object where they expect the callback.',
    fix: 'Be sure that every script of the connection takes the parameter; test on a connection of its own first.',
  },
  'export.context-mismatch': {
    severity: 'error',
    title: 'tenant calls scripts with context, the rehearsal did not',
    meaning:
      'The connection has "enable_script_context" on and the project has not. The scripts would be called with one parameter more than they were rehearsed with.',
    fix: 'Set enable_script_context in database.json, give the scripts the parameter, and rehearse again.',
  },
  'export.import-switched-off': {
    severity: 'error',
    title: 'import mode would be switched off',
    meaning:
      'The connection has import mode on and the project has it off. Off, the tenant asks only the scripts: every user who was migrated already could no longer log in.',
    fix: 'Keep "import_mode": true in database.json, also after the migration.',
  },
  'export.other-connection': {
    severity: 'error',
    title: 'current connection is another one',
    meaning:
      'The file given as the current connection has another name or strategy than the project. Merging the two would write the scripts over a stranger.',
    fix: 'Fetch the connection that the project names, or correct the name in the project.',
  },
  'export.current-incomplete': {
    severity: 'error',
    title: 'current connection has no options',
    meaning:
      'A tenant answers without "options" where the token lacks the scope read:connections_options. A body merged with nothing would wipe every option that is not in the project.',
    fix: 'Fetch the connection again with that scope.',
  },
  'export.options-exclude-each-other': {
    severity: 'error',
    title: 'options that a tenant does not take together',
    meaning:
      'The tenant has one way of describing identifiers or passwords and the project another. The merged body would hold both and be refused.',
    fix: 'Describe them in database.json the way the tenant does, and rehearse again.',
  },
  'export.patch-replaces-options': {
    severity: 'warning',
    title: 'an update replaces all options of the connection',
    meaning:
      'PATCH does not merge: options that the body leaves out are lost. Only a body that was merged with what the tenant has now may be sent to an existing connection.',
    fix: 'To update, fetch the connection and export again with --current connection.json. The body written here is for creating only.',
  },
  'export.remote-script-kept': {
    severity: 'warning',
    title: 'script of the tenant kept as it is',
    meaning:
      'The tenant has a script in a slot that the project leaves empty. The merged body hands it back unchanged; it was not rehearsed.',
    fix: 'Add it to the project and rehearse it, or remove it from the body.',
  },
  'export.remote-configuration': {
    severity: 'warning',
    title: 'configuration of the tenant needs its values again',
    meaning:
      'The tenant gives configuration values only encrypted, and what it makes of them when they come back is not documented. Names that only the tenant has became placeholders.',
    fix: 'Supply the values of these names, or remove the names from the body if nothing reads them.',
  },
  'export.clients-left-out': {
    severity: 'note',
    title: 'enabled applications are not part of the export',
    meaning:
      'database.json lists applications by name. In this format they are known by their ids only, and they are switched on by a request or resource of their own.',
    fix: 'Enable the connection for its applications after it exists.',
  },
  'export.option-not-in-terraform': {
    severity: 'warning',
    title: 'option without a Terraform argument',
    meaning:
      'The Terraform files do not carry this option of database.json. Applying them may reset it, since the provider writes all options.',
    fix: 'Add the argument by hand where the provider has one, and rehearse what it changes.',
  },
  'export.variables-collide': {
    severity: 'error',
    title: 'two placeholders would be one Terraform variable',
    meaning:
      'Variables are written in small letters. Two names that differ in capitals only would be given the same value.',
    fix: 'Rename one of the placeholders in database.json.',
  },
  'export.terraform-configuration': {
    severity: 'note',
    title: 'Terraform does not read configuration back',
    meaning:
      'The provider cannot see the values a tenant has. If the tenant has a name that the files lack, applying stops with "Unmanaged Configuration Secret".',
    fix: 'List every name of the tenant among the variables, or remove it in the tenant first.',
  },
  'export.left-behind': {
    severity: 'warning',
    title: 'users who did not get across',
    meaning:
      'The end of a migration closes the way into the legacy store. Whoever is not in the tenant by then gets "wrong e-mail or password" and cannot reset it.',
    fix: 'Import them in bulk first, or accept that they have to sign up anew. The report of the trial names them.',
  },
  'export.end-of-migration': {
    severity: 'warning',
    title: 'the migration ends with this export',
    meaning:
      'The scripts in it answer that nobody is there, and the configuration is emptied. Import mode stays on and has to: without it the tenant asks only the scripts, and nobody can log in.',
    fix: 'Use it only when every user that matters is in the tenant; check that with an audit, not with a search.',
  },
} as const satisfies Record<string, CatalogEntry>;
