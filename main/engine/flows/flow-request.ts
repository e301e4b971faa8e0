import type { z } from 'zod';
import type { flows } from '#contract/flows.ts';

/** What a client asks for, defaults filled in. */
export type FlowRequest = z.output<NonNullable<(typeof flows.run)['~orpc']['inputSchema']>>;
