import { generateSample } from '#sample/generate-sample.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';
import { rmSync, statSync } from 'node:fs';
for (const users of [1000, 20000, 200000]) {
rmSync('/tmp/zz.db',{force:true});
const t=performance.now();
writeSampleSqlite('/tmp/zz.db', generateSample({seed:7,users,now:Date.UTC(2026,9,1)}));
console.log(users, performance.now()-t, statSync('/tmp/zz.db').size, process.memoryUsage.rss()/1e6);
}
