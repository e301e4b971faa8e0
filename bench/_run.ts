import { isDeepStrictEqual } from 'node:util';
import { countsOf, exportTarget, runAuditOf } from '#test/audit-run.ts';
import { PLANTED_OPTIONS, plantedTruth } from '#test/planted-audit.ts';
const folder = process.argv[2]!; const users = Number(process.argv[3]);
const c0 = process.cpuUsage(); const t0 = performance.now();
const { result } = await runAuditOf({ project: folder, against: exportTarget(folder, 'users.json.gz'), ...PLANTED_OPTIONS });
const c = process.cpuUsage(c0); const all = process.cpuUsage();
console.log(JSON.stringify({ s: ((performance.now() - t0) / 1000).toFixed(2), cpu: ((c.user + c.system) / 1e6).toFixed(2), all: ((all.user + all.system) / 1e6).toFixed(2), mb: Math.round(process.resourceUsage().maxRSS / 1024), exact: isDeepStrictEqual(countsOf(result), plantedTruth(users)) }));
