import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { ConnectionFile } from '#project/connection-schema.ts';
import type { JsonText } from '#project/json-text.ts';
import { breaksJson, fillPlaceholders, placeholderNames } from '#project/placeholders.ts';
import type { Secrets } from '#project/secrets.ts';

export interface ReadConfiguration {
  /** With values filled in. Names whose value is missing are left out. */
  readonly values: Readonly<Record<string, string>>;
  /** Every name that `database.json` defines, with a value or without. */
  readonly names: readonly string[];
  readonly problems: readonly Diagnostic[];
}

const SECRET_NAME = /pass|pwd|secret|token|api_?key|private_?key|credential|dsn|connection_?string/i;

/**
 * `options.configuration` with its markers filled in. `suppliedLater` are names that a rehearsal supplies itself
 * when it starts, so that nobody has to give them.
 */
export function readConfiguration(
  connection: ConnectionFile,
  json: JsonText,
  secrets: Secrets,
  suppliedLater: readonly string[],
): ReadConfiguration {
  const values: Record<string, string> = {};
  const problems: Diagnostic[] = [];
  const configuration = connection.options?.configuration ?? {};
  for (const [name, value] of Object.entries(configuration)) {
    const place = json.place(['options', 'configuration', name]);
    const report = (code: Parameters<typeof diagnostic>[0], message: string) =>
      problems.push(diagnostic(code, message, { place }));
    if (typeof value !== 'string') {
      report(
        'project.configuration-not-text',
        `"configuration.${name}" is no text: the tenant stores texts only.`,
      );
      continue;
    }
    const filled = fillPlaceholders(value, (wanted) => secrets.get(wanted), 'parsed');
    const missing = filled.missing.filter((wanted) => !suppliedLater.includes(wanted));
    for (const wanted of missing) {
      const message = `"configuration.${name}" needs ${wanted}, which neither the environment nor the secrets file has.`;
      report('project.secret-missing', message);
    }
    for (const used of placeholderNames(value)) {
      const secret = secrets.get(used);
      if (secret === null || !value.includes(`##${used}##`) || !breaksJson(secret.reveal())) continue;
      const message = `The value of ${used} holds a quote, a backslash or a line break: pasted into ${json.file} by the deploy tool it breaks the file.`;
      report('project.placeholder-unsafe', message);
    }
    if (placeholderNames(value).length === 0 && value !== '' && SECRET_NAME.test(name)) {
      const message = `"configuration.${name}" in ${json.file} looks like a secret and is written out.`;
      report('project.secret-in-clear-text', message);
    }
    if (filled.missing.length === 0) values[name] = filled.text;
  }
  return { values, names: Object.keys(configuration), problems };
}
