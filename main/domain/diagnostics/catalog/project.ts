import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { connectionEntries } from '#domain/diagnostics/catalog/project-connection.ts';
import { assumptionEntries } from '#domain/diagnostics/catalog/project-assumptions.ts';
import { mappingEntries } from '#domain/diagnostics/catalog/project-mapping.ts';

const settingsEntries = {
  'project.json-syntax': {
    severity: 'error',
    title: 'file is not valid JSON',
    meaning:
      'The file cannot be parsed, so nothing in it counts. Comments and trailing commas are refused too: the tools that read these files later do not take them.',
    fix: 'Correct the text at the given line and column.',
  },
  'project.unknown-key': {
    severity: 'error',
    title: 'unknown setting',
    meaning:
      'A key of userferry.json has no meaning. A misspelt setting would otherwise be ignored in silence and its default used.',
    fix: 'Correct the spelling or remove the key.',
  },
  'project.setting-missing': {
    severity: 'error',
    title: 'setting is missing',
    meaning: 'A setting without which the project cannot be opened is not there.',
    fix: 'Add the setting. "userferry init" writes a complete example for each database.',
  },
  'project.setting-invalid': {
    severity: 'error',
    title: 'setting has a wrong value',
    meaning: 'The value has the wrong type or is not one of those allowed at this place.',
    fix: 'Write a value of the kind that the message names.',
  },
  'project.secret-in-clear-text': {
    severity: 'error',
    title: 'secret written into a project file',
    meaning:
      'Files of a project are meant for version control, where a password or key stays readable in the history for ever.',
    fix: 'Replace it by a reference: "${env:NAME}" or "${secret:NAME}" in userferry.json, "##NAME##" in database.json. Put the value into the environment or into .userferry/secrets.json, and change the password if the file was ever shared.',
  },
  'project.secret-missing': {
    severity: 'error',
    title: 'secret has no value',
    meaning:
      'A reference or placeholder names a secret that is neither in the environment nor in .userferry/secrets.json. Whatever needs it will fail.',
    fix: 'Set the environment variable, or add the name and its value to .userferry/secrets.json.',
  },
  'project.secrets-permissions': {
    severity: 'warning',
    title: 'secrets file is open to others',
    meaning: 'Other accounts of this machine can read .userferry/secrets.json.',
    fix: 'Run "chmod 600 .userferry/secrets.json".',
  },
  'project.secret-sealed': {
    severity: 'warning',
    title: 'secret is sealed for the desktop app',
    meaning:
      'The desktop app keeps this secret sealed with a key of the system. Only the app can open it, and only under the account and on the machine where it was entered; it counts as having no value here.',
    fix: 'Set the environment variable of this name, or enter the secret again where it is needed.',
  },
  'project.secrets-unreadable': {
    severity: 'error',
    title: 'secrets file cannot be used',
    meaning:
      'The secrets file cannot be read, or is not one JSON object of names and texts. None of its values count.',
    fix: 'Write it as {"NAME": "value"} and make sure that this account may read it.',
  },
  'project.placeholder-unsafe': {
    severity: 'warning',
    title: 'secret would break database.json when deployed',
    meaning:
      'The deploy tool pastes the value of ##NAME## into the file as it stands. A quote, backslash or line break in it ends the JSON text early or changes the value. The rehearsal used the value correctly, the deployment would not.',
    fix: 'Use @@NAME@@ without quotes, which is pasted as JSON, or choose a secret without these characters.',
  },
  'project.credentials-unreadable': {
    severity: 'warning',
    title: 'test accounts cannot be read',
    meaning:
      'The file named by "credentials" is missing or is not a CSV with the columns identifier and password. Trials cannot prove any login without it.',
    fix: 'Correct the path or the header line of the file.',
  },
} as const satisfies Record<`project.${string}`, CatalogEntry>;

export const projectCatalog = {
  ...settingsEntries,
  ...connectionEntries,
  ...mappingEntries,
  ...assumptionEntries,
} as const satisfies Record<`project.${string}`, CatalogEntry>;
