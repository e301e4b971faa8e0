import process from 'node:process';
import { compose } from '#hosts/compose.ts';
import { tellCrashes } from '#hosts/crash.ts';
import { assertNativeModules } from '#hosts/native-modules.ts';
import type { FromEngine } from '#hosts/engine/channel.ts';
import { serveConnections } from '#hosts/engine/serve-connections.ts';
import { vaultOver } from '#hosts/engine/vault.ts';

/**
 * The engine as a process of its own: frames come and go over the channel to the parent, no port is opened, and
 * nothing outlives the parent.
 */
const debug = process.argv.includes('--debug');
tellCrashes(debug);
assertNativeModules();
const vault = process.argv.includes('--vault') ? { vault: vaultOver(process) } : {};
const engine = compose({ noteBug, ...vault });

serveConnections(engine.router, process, engine.running);
const ready: FromEngine = { ready: true };
process.send?.(ready);

process.on('disconnect', () => {
  void engine.close().finally(() => process.exit(0));
});
// The parent may have gone while this process was loading, before anybody listened.
if (!process.connected) process.exit(0);
// The terminal's Ctrl-C goes to the whole group; the parent decides what it means.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/** The text of a bug may hold anything, a password too: it is written only where somebody asked for it. */
function noteBug(reference: string, cause: unknown): void {
  const [name, text] =
    cause instanceof Error ? [cause.name, cause.stack ?? cause.message] : [typeof cause, String(cause)];
  process.stderr.write(`userferry: bug at ${reference}: ${debug ? text : `${name} (--debug says more)`}\n`);
}
