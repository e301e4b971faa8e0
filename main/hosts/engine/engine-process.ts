import process from 'node:process';
import { RPCHandler } from '@orpc/server/message-port';
import { compose } from '#hosts/compose.ts';
import { processPort } from '#hosts/engine/process-port.ts';

/**
 * The engine as a process of its own: frames come and go over the channel to the parent, no port is opened, and
 * nothing outlives the parent.
 */
const engine = compose({
  noteBug: (reference, cause) => process.stderr.write(`userferry: bug at ${reference}: ${String(cause)}\n`),
});

new RPCHandler(engine.router).upgrade(processPort(process));
process.send?.('ready');

process.on('disconnect', () => {
  void engine.close().finally(() => process.exit(0));
});
// The terminal's Ctrl-C goes to the whole group; the parent decides what it means.
process.on('SIGINT', () => undefined);
