import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import type { Answer } from '#contract/desktop-channels.ts';
import { isOurs } from '#hosts/electron/app-origin.ts';

/** Something that the page may show as it is. Everything else that goes wrong is ours and stays in main. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Answers requests on a channel: those of the window's own page, not of a frame in it, and only with a message
 * that fits its schema.
 */
export function answerOn<S extends z.ZodType, R>(
  channel: string,
  schema: S,
  answer: (message: z.infer<S>, event: IpcMainInvokeEvent) => R | Promise<R>,
): void {
  ipcMain.handle(channel, async (event, message: unknown): Promise<Answer<R>> => {
    if (!fromOurPage(event)) return { ok: false, reason: 'This page may not ask for that.' };
    const parsed = schema.safeParse(message);
    if (!parsed.success) return { ok: false, reason: `Malformed request on ${channel}.` };
    try {
      return { ok: true, value: await answer(parsed.data, event) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, reason: error.message };
      throw error;
    }
  });
}

/** The frame is null when the page has gone before its message was read. */
function fromOurPage(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOurs(frame.url);
}
