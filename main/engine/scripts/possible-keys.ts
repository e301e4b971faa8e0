import { z } from 'zod';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';

/** A key as it may be meant: a JSON list, a number, or text that looks like one. */
export function possibleKeys(text: string): LegacyKey[] {
  if (text.startsWith('[')) {
    try {
      return [z.array(z.union([z.string(), z.number()])).parse(JSON.parse(text))];
    } catch {
      throw new Fault('input-invalid', `${text} is no key: a JSON list of texts and numbers is needed`);
    }
  }
  const number = Number(text);
  return Number.isSafeInteger(number) && text.trim() !== '' ? [[number], [text]] : [[text]];
}
