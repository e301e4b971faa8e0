import { expect, it } from 'vitest';
import { flowNameSchema } from '#contract/flows.ts';
import { FLOW_WORDS } from '#hosts/cli/commands/flow.ts';

it('the flows of the command line are those of the contract', () => {
  expect(FLOW_WORDS).toEqual(flowNameSchema.options);
});
