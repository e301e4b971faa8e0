import { searchHash } from '#hashing/lab.ts';
import { Secret } from '#domain/secret.ts';
import { hex, sampleOf } from './lab-samples.ts';
const s = sampleOf(hex('sha256', 'nope'), { salt: '9f86d081884c7d65', pepper: 'deadbeefcafe0011' });
const marks: [string, number][] = []; const slow: [string, number][] = []; let worst = 0;
let last = performance.now();
const t = setInterval(() => {
  const n = performance.now();
  worst = Math.max(worst, n - last - 5); if (n - last > 65) slow.push([marks.at(-1)?.[0] ?? '', Math.round(n - last)]);
  last = n;
}, 5);

const t0 = performance.now();
const r = await searchHash(
  [
    {
      ...s,
      hints: { username: new Secret('Anna'), email: new Secret('Anna@x.org'), realm: new Secret('Realm') },
    },
  ],
  (p) => {
    if (marks.at(-1)?.[0] !== p.family) marks.push([p.family, Math.round(performance.now() - t0)]);
  },
  new AbortController().signal,
  { timeLimitMs: 24000 },
);
clearInterval(t);
console.log(JSON.stringify(r.tried), r.kind, r.milliseconds, marks, 'worst delay ms', worst, slow.slice(0, 60));
