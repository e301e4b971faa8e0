import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { ExportScript } from '#engine/ports/exports.ts';
import type { ConnectionBody } from '#exporters/connection-body.ts';

/** An option to which the deploy tool gives a value where a file has none, updates included. */
const FILLED_IN = 'disable_self_service_change_password';

/** What the deploy tool does besides sending what it reads. */
export function deployDiagnostics(body: ConnectionBody, scripts: readonly ExportScript[]): Diagnostic[] {
  const slots = scripts.map(({ slot }) => slot).join(', ');
  const found = [
    diagnostic(
      'export.script-map-replaced',
      `The tenant's scripts of "${body.name}" become exactly these: ${slots === '' ? 'none' : slots}.`,
    ),
  ];
  if (body.options[FILLED_IN] === undefined) {
    const message = `The deploy tool adds "${FILLED_IN}": false to what it sends.`;
    found.push(diagnostic('export.deploy-tool-default', message));
  }
  if (body.completed) {
    const message = 'database.json of the project has no "strategy"; the export says "auth0".';
    found.push(diagnostic('export.connection-completed', message));
  }
  return found;
}
