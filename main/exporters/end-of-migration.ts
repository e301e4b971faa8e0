import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Rendered, RenderRequest } from '#engine/ports/exports.ts';
import { connectionBody, jsonText } from '#exporters/connection-body.ts';
import { placeholdersIn } from '#exporters/placeholders.ts';

/**
 * The connection after the migration, in the deploy tool's directory format: scripts that know nobody, nothing left
 * of the way into the legacy store, import mode on.
 */
export function endOfMigration({ file }: RenderRequest): Rendered {
  const body = connectionBody(file);
  const folder = `database-connections/${body.name}`;
  const context = body.options['enable_script_context'] === true;
  const scripts = [
    {
      slot: 'get_user',
      path: `${folder}/get_user.js`,
      text: noGetUser(context),
      origin: 'generated' as const,
    },
    { slot: 'login', path: `${folder}/login.js`, text: noLogin(context), origin: 'generated' as const },
  ];
  const database: JsonObject = {
    name: body.name,
    strategy: body.strategy,
    ...(body.clients.length === 0 ? {} : { enabled_clients: body.clients }),
    ...body.more,
    options: {
      ...body.options,
      enabledDatabaseCustomization: true,
      import_mode: true,
      configuration: {},
      customScripts: { get_user: './get_user.js', login: './login.js' },
    },
  };
  return {
    files: [
      { path: `${folder}/database.json`, text: jsonText(database) },
      ...scripts.map(({ path, text }) => ({ path, text })),
    ],
    scripts,
    placeholders: placeholdersIn(database),
    diagnostics: [
      diagnostic(
        'export.end-of-migration',
        `Users of "${body.name}" who are not in the tenant cannot log in after this.`,
      ),
    ],
  };
}

const REASON = `  // The migration is over: whoever is not in the tenant is unknown. "Import Users to Auth0" stays on.
  callback(null, null);
}
`;

function noLogin(context: boolean): string {
  return `function login(userNameOrEmail, password, ${context ? 'context, ' : ''}callback) {\n${REASON}`;
}

function noGetUser(context: boolean): string {
  return `function getUser(identifierValue, ${context ? 'context, ' : ''}callback) {\n${REASON}`;
}
