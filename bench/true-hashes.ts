import { availableParallelism, loadavg } from 'node:os';
import { compare, hash } from '@node-rs/bcrypt';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';

/*
 * True password checks on all cores, through the verifier of the user store and by the library alone, in turns.
 * Run: node bench/true-hashes.ts [seconds for each figure]
 */
const budgetMs = Number(process.argv[2] ?? 4) * 1000;
const COST = 10;
const inFlight = availableParallelism() * 2;
const verifier = createPasswordVerifier();
const stored = await hash('correct horse', COST);

async function rate(check: () => Promise<boolean>): Promise<number> {
  let done = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - start < budgetMs) {
        if (!(await check())) throw new Error('a right password was refused');
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
}

const library = () => compare('correct horse', stored);
const ours = async () =>
  (await verifier.verifyBcrypt(new Secret('correct horse'), new Secret(stored))).kind === 'match';
const rates = { library: 0, ours: 0 };
const ROUNDS = 2;
for (let round = 0; round < ROUNDS; round++) {
  rates.library += (await rate(library)) / ROUNDS;
  rates.ours += (await rate(ours)) / ROUNDS;
}
console.log(`${availableParallelism()} cores; load of the machine ${loadavg()[0]!.toFixed(1)}`);
console.table({
  [`baseline: bcrypt (cost ${COST}) by the library alone`]: {
    'checks/s': rates.library.toFixed(1),
    ratio: '1.00',
  },
  'the same through the verifier': {
    'checks/s': rates.ours.toFixed(1),
    ratio: (rates.ours / rates.library).toFixed(2),
  },
});
