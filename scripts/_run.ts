import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';
const engine = compose({ noteBug: (r, c) => console.error('BUG', r, c) });
const client = createRouterClient(engine.router, { context: {} });
const rec = await client.trials.start({
  project: process.argv[2]!,
  kind: process.argv[3] as 'bulk',
  depth: (process.argv[4] ?? 'assumed') as 'assumed',
  timeLimitMs: 3000,
});
let t = Date.now();
for await (const p of await client.trials.watch({ project: process.argv[2]!, trial: rec.id })) {
  if (Date.now() - t > 1000) {
    t = Date.now();
    console.error(JSON.stringify(p));
  }
}
console.error(rec.id);
const report = await client.trials.report({ project: process.argv[2]!, trial: rec.id });
console.log(
  JSON.stringify(
    {
      counts: report.counts,
      jobs: report.jobs,
      pc: report.passwordChecks,
      log: report.tenantLog,
      causes: report.causes.map((c) => [
        c.phase,
        c.status,
        c.code,
        c.users,
        c.samples[0]?.legacyId,
        c.samples[0]?.detail,
      ]),
      findings: report.findings.map((c) => [c.phase, c.severity, c.code, c.users, c.samples[0]?.detail]),
      cov: report.coverage.filter((c) => c.by !== 'emailDomain'),
    },
    null,
    1,
  ).replace(/\n\s{3,}/g, ' '),
);
await engine.close();
