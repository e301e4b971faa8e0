import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** Findings about `database-connections/<name>`: the file, its options, its scripts. */
export const connectionEntries = {
  'project.connection-missing': {
    severity: 'error',
    title: 'connection folder has no database.json',
    meaning:
      'The deploy tool recognises a connection by its database.json and skips a folder without one, with a warning at most.',
    fix: 'Create the file, or correct "connection" in userferry.json.',
  },
  'project.connection-dropped': {
    severity: 'error',
    title: 'connection would be dropped when deployed',
    meaning:
      'The deploy tool keeps a connection only if its database.json has more than one top-level key. A file with "options" alone vanishes without a message.',
    fix: 'Add "name" and "strategy": "auth0" beside "options".',
  },
  'project.connection-name': {
    severity: 'error',
    title: 'names of the connection differ',
    meaning:
      'The folder, "name" in database.json and "connection" in userferry.json have to be one name of at most 35 letters, digits and hyphens that starts and ends with a letter or digit. Otherwise the rehearsal is about another connection than the deployment.',
    fix: 'Use the name of the connection in the tenant in all three places.',
  },
  'project.connection-strategy': {
    severity: 'error',
    title: 'connection is no database connection',
    meaning: 'Database action scripts exist only on connections with the strategy "auth0".',
    fix: 'Set "strategy": "auth0".',
  },
  'project.customization-off': {
    severity: 'error',
    title: 'scripts are switched off',
    meaning:
      'Without "enabledDatabaseCustomization": true the tenant keeps the scripts but never runs them: every legacy user is unknown.',
    fix: 'Set "options.enabledDatabaseCustomization" to true.',
  },
  'project.slot-unknown': {
    severity: 'error',
    title: 'unknown script slot',
    meaning:
      'The deploy tool does not know the key and sends the path of the file as if it were the script. The slot stays empty in effect.',
    fix: 'Use one of login, get_user, create, verify, change_password, change_email, delete.',
  },
  'project.slot-missing': {
    severity: 'error',
    title: 'required script is missing',
    meaning:
      'With import on, lazy migration needs both login and get_user; with import off, every login runs the login script.',
    fix: 'Write the script and list it under "options.customScripts".',
  },
  'project.slot-recommended': {
    severity: 'warning',
    title: 'script is missing for common flows',
    meaning:
      'With import off, sign-up and password reset look for the user with get_user first. Without it they cannot tell who exists.',
    fix: 'Write a get_user script, or make sure that sign-up and reset are switched off.',
  },
  'project.slot-bare': {
    severity: 'error',
    title: 'script is an empty template',
    meaning: 'The script only calls back that somebody should implement it. Every call of the slot fails.',
    fix: 'Write the script, or remove it from "options.customScripts".',
  },
  'project.script-missing': {
    severity: 'error',
    title: 'script file cannot be read',
    meaning:
      'A path under "customScripts" leads to no readable file. Paths count from the folder of database.json.',
    fix: 'Correct the path, such as "./login.js".',
  },
  'project.script-outside': {
    severity: 'error',
    title: 'script lies outside the project',
    meaning:
      'The deploy tool warns about scripts outside its folder and will refuse them. A rehearsal does not read them either: a project from somebody else could point at private files.',
    fix: 'Copy the script into the folder of its connection.',
  },
  'project.script-not-listed': {
    severity: 'warning',
    title: 'script file is not used',
    meaning:
      'The file has the name of a slot, but "customScripts" does not list it, so it is neither rehearsed nor deployed.',
    fix: 'List it under "options.customScripts", or delete it.',
  },
  'project.script-too-large': {
    severity: 'error',
    title: 'script is too large',
    meaning: 'A tenant takes scripts of at most 100 KB, modules not counted.',
    fix: 'Move data out of the script, for instance a list of users into the database.',
    reference: 'Custom Database Connections and Action Scripts Best Practices',
  },
  'project.script-syntax': {
    severity: 'error',
    title: 'script cannot be parsed',
    meaning: 'The text is no JavaScript. The tenant would refuse it or fail at every call.',
    fix: 'Correct the script at the given line and column.',
  },
  'project.configuration-undefined': {
    severity: 'error',
    title: 'script uses an undefined configuration name',
    meaning:
      'The script reads a name of "configuration" that database.json does not define. It is undefined at run time, which shows as a failed connection or a wrong key.',
    fix: 'Define the name under "options.configuration", or correct the spelling in the script.',
  },
  'project.configuration-unused': {
    severity: 'note',
    title: 'configuration name is never used',
    meaning: 'No script reads the name. It may be left over, or a script may read a misspelt one.',
    fix: 'Remove the name, or use it.',
  },
  'project.configuration-not-text': {
    severity: 'error',
    title: 'configuration value is no text',
    meaning:
      'A tenant stores configuration values as texts. Numbers and booleans arrive changed or are refused.',
    fix: 'Put the value in quotes and convert it in the script, remembering that "false" counts as true.',
  },
} as const satisfies Record<`project.${string}`, CatalogEntry>;
