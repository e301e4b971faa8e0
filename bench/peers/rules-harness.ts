import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rateOf } from '../common/timing.ts';
import type { Peer } from './peer.ts';
import { DIGEST } from './our-figures.ts';

type RulesHarness = (
  rules: readonly string[],
  user: object,
  context: object,
  configuration: object,
) => Promise<void>;

/** Runs of a Rule in a new context of this process, without a limit and without a wall. */
export const rulesHarness: Peer = {
  package: 'auth0-rules-local-testharness',
  version: '0.3.0',
  beside: 'runs',
  measure: async ({ installed, seconds }) => {
    const harness = createRequire(join(installed, 'package.json'))(
      'auth0-rules-local-testharness',
    ) as RulesHarness;
    const rule = `function (user, context, callback) { ${DIGEST}; callback(null, user, context); }`;
    const perSecond = await rateOf(1, seconds, () => harness([rule], {}, {}, {}));
    return [{ work: 'script with one SHA-256, no isolation', users: 0, perSecond, tenths: null }];
  },
};
