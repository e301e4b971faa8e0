import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '#contract/desktop-channels.ts';
import type { Frame } from '#hosts/engine/channel.ts';
import type { EngineProcess } from '#hosts/engine/start-engine-process.ts';
import { whenPageLeft } from '#hosts/electron/page-left.ts';
import { answerOn, Refusal } from '#hosts/electron/trusted-ipc.ts';

const requestSchema = z.int().nonnegative();

/**
 * Gives each page that asks a port of its own and carries frames between it and the engine, unread. No network
 * is involved. The port closes with its engine; the page asks again and gets one to the next engine.
 */
export function relayEngine(current: () => Promise<EngineProcess>): void {
  answerOn(CHANNELS.connectEngine, requestSchema, async (request, event) => {
    const { port1, port2 } = new MessageChannelMain();
    const leave = await joinEngine(current, port1, event.sender);
    // The page may have gone or been replaced while the engine started.
    const page = event.senderFrame;
    if (page === null || page.detached) leave();
    else page.postMessage(CHANNELS.enginePort, request, [port2]);
    return null;
  });
}

async function joinEngine(
  current: () => Promise<EngineProcess>,
  port: MessagePortMain,
  contents: WebContents,
): Promise<() => void> {
  for (;;) {
    const engine = await current().catch((error: unknown) => {
      throw new Refusal(
        `The engine cannot be started: ${error instanceof Error ? error.message : String(error)}.`,
      );
    });
    const leave = await join(engine, port, contents);
    if (leave !== null) return leave;
    // It died, and its supervisor is about to hear of it.
    await engine.ended;
  }
}

/** Gives the way to part again. Null where the engine turns out to be gone already; the port is untouched then. */
async function join(
  engine: EngineProcess,
  port: MessagePortMain,
  contents: WebContents,
): Promise<(() => void) | null> {
  let open = true;
  let joined = false;
  const finish = (): void => {
    if (!open) return;
    open = false;
    stay();
    connection.close();
    if (joined) port.close();
  };
  // A reload ends its page without closing the page's ports.
  const stay = whenPageLeft(contents, finish);
  const connection = engine.connect({ frame: (frame) => port.postMessage(frame), ended: finish });
  await Promise.resolve();
  if (!open) return null;
  joined = true;
  port.on('message', ({ data }) => connection.send(data as Frame));
  port.on('close', finish);
  port.start();
  return finish;
}
