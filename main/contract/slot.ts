import { z } from 'zod';
import { SLOTS } from '#domain/migration/slots.ts';

export const slotSchema = z.enum(SLOTS);
