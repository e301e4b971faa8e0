import { availableParallelism } from 'node:os';
import { hash } from '@node-rs/bcrypt';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { bareBcryptRate } from './common/bare-bcrypt.ts';
import { benchOptions, secondsOf } from './common/options.ts';
import { figure } from './common/rows.ts';
import { rateOf } from './common/timing.ts';

/*
 * True password checks on all cores, through the verifier of the user store and by the library alone, in turns.
 * Run: node bench/true-hashes.ts [--seconds S]
 */
const COST = 10;
const ROUNDS = 3;
const PASSWORD = 'correct horse';
const seconds = secondsOf(benchOptions(), 4);
const inFlight = availableParallelism() * 2;
const verifier = createPasswordVerifier();
const stored = await hash(PASSWORD, COST);

async function check(): Promise<void> {
  const { kind } = await verifier.verifyBcrypt(new Secret(PASSWORD), new Secret(stored));
  if (kind !== 'match') throw new Error('a right password was refused');
}

const rates = { library: 0, ours: 0 };
for (let round = 0; round < ROUNDS; round += 1) {
  rates.library += (await bareBcryptRate(inFlight, seconds, PASSWORD, stored)) / ROUNDS;
  rates.ours += (await rateOf(inFlight, seconds, check)) / ROUNDS;
}
figure(`bcrypt ${COST} through the verifier, all cores`, rates.ours, 'checks/s', {
  baseline: { name: 'the library alone, all cores', figure: rates.library },
  goal: { ratio: 0.95 },
});
