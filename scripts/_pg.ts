import { startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { rmSync } from 'node:fs';
rmSync('/tmp/uf/pg1', { recursive: true, force: true });
const s = await startPostgresql();
await serverSampleProject('/tmp/uf/pg1', 'postgresql', s, { users: 1000 });
console.log('ready', s.url);
setInterval(() => {}, 1000);
