import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync, readdirSync, truncateSync } from 'node:fs';
import { spawnSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { startPostgresql } from '../test/helpers/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '../test/helpers/sample-project.ts';
const T = '/tmp/ft/exp';
rmSync(T, { recursive: true, force: true }); mkdirSync(T);
const LAUNCHER = '/work/main/bin/userferry.mjs';
function uf(cwd: string, ...args: string[]) {
  const r = spawnSync(process.execPath, ['--no-node-snapshot', LAUNCHER, ...args], { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  console.log(`$ userferry ${args.join(' ')}   → ${r.status} ${r.signal ?? ''}`);
  console.log((r.stdout.length > 2500 ? r.stdout.slice(0, 1200) + '\n…\n' + r.stdout.slice(-1200) : r.stdout) + (r.stderr ? `[stderr]\n${r.stderr.slice(-2500)}` : ''));
  return r;
}
let n = 0;
const title = (t: string) => console.log(`\n######## ${t}`);
const pg = await startPostgresql();
try {
  const base = join(T, 'base'); await serverSampleProject(base, 'postgresql', pg, { users: 300 });
  const lite = join(T, 'lite'); await sqliteSampleProject(lite, { users: 300 });
  const copy = (from = base) => { const to = join(T, `p${n++}`); cpSync(from, to, { recursive: true }); return to; };
  const edit = (p: string, f: (s: any) => void) => { const j = JSON.parse(readFileSync(join(p, 'userferry.json'), 'utf8')); f(j); writeFileSync(join(p, 'userferry.json'), JSON.stringify(j, null, 2)); };
  const C = 'database-connections/acme-customers';
  const only = process.argv[2];
  const cases: Record<string, () => void> = {
    password() { const p = copy(); writeFileSync(join(p, '.userferry/secrets.json'), '{"DB_PASSWORD":"wr0ng-pw"}'); uf(p, 'check'); uf(p, 'trial', 'bulk'); uf(p, 'trial', 'lazy', '--limit', '5');  },
    table() { const p = copy(); edit(p, (s) => { s.users.table = 'app_user'; }); uf(p, 'check'); uf(p, 'trial', 'bulk'); },
    column() { const p = copy(); edit(p, (s) => { s.fields.email = 'emial'; }); uf(p, 'check'); uf(p, 'trial', 'bulk'); },
    host() { const p = copy(); edit(p, (s) => { s.legacy.port = 1; }); uf(p, 'check'); uf(p, 'trial', 'bulk', '--retry-for', '1'); edit(p, (s) => { s.legacy.host = 'no-such-host.invalid'; }); uf(p, 'check'); },
    query() { const p = copy(); edit(p, (s) => { delete s.users.table; s.users.query = 'SELEC * FROM app_users'; }); uf(p, 'check'); uf(p, 'trial', 'bulk'); },
    where() { const p = copy(); uf(p, 'trial', 'bulk', '--where', 'is_locked ='); },
    key() { const p = copy(); edit(p, (s) => { s.users.key = ['last_login_at']; }); uf(p, 'check'); uf(p, 'trial', 'bulk'); edit(p, (s) => { s.users.key = ['pw_scheme']; }); uf(p, 'check'); uf(p, 'trial', 'bulk'); },
    syntax() { const p = copy(); writeFileSync(join(p, C, 'login.js'), 'function login(a, b, callback) {\n  const x = ;\n}\n'); uf(p, 'check'); uf(p, 'trial', 'lazy', '--limit', '5'); uf(p, 'try', 'get_user', '--key', '1000'); uf(p, 'try', 'login', 'x@example.com', '--password-stdin'); },
    big() { const p = copy(); writeFileSync(join(p, C, 'login.js'), `// ${'x'.repeat(101 * 1024)}\n${readFileSync(join(p, C, 'login.js'), 'utf8')}`); uf(p, 'check'); uf(p, 'trial', 'lazy', '--limit', '5'); },
    nologin() { const p = copy(); rmSync(join(p, C, 'login.js')); uf(p, 'check'); uf(p, 'trial', 'lazy', '--limit', '5'); },
    module() { const p = copy(); const f = join(p, C, 'login.js'); writeFileSync(f, readFileSync(f, 'utf8').replace(/require\('[^']+'\)/, "require('pgx')")); uf(p, 'check'); uf(p, 'lint'); uf(p, 'trial', 'lazy', '--limit', '5'); },
    newer() { const p = copy(); edit(p, (s) => { s.version = 9; }); uf(p, 'check'); },
    torn() { const p = copy(); const f = join(p, 'userferry.json'); writeFileSync(f, readFileSync(f, 'utf8').slice(0, 200)); uf(p, 'check'); uf(p, 'trial', 'bulk'); },
    unknown() { const p = copy(); edit(p, (s) => { s.egres = []; s.legacy.databse = 'x'; }); uf(p, 'check'); edit(p, (s) => { delete s.egres; delete s.legacy.databse; s.assumptions = { 'identifer-case': 'x' }; }); uf(p, 'check'); },
    clear() { const p = copy(); edit(p, (s) => { s.legacy.password = 'hunter2secret'; }); uf(p, 'check'); },
    mode() { const p = copy(); chmodSync(join(p, '.userferry/secrets.json'), 0o644); uf(p, 'check'); },
    readonly() { const p = copy(lite); const m = join(T, 'ro'); mkdirSync(m); spawnSync('mount', ['--bind', p, m]); console.log(spawnSync('mount', ['-o', 'remount,ro,bind', m]).stderr.toString()); try { uf(m, 'check'); uf(m, 'trial', 'bulk'); uf(T, 'init', 'ro/x', '--from', 'sample', '--users', '10'); } finally { spawnSync('umount', [m]); } },
    full() { const m = join(T, 'full'); mkdirSync(m); spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', m]); try { uf(m, 'init', 'x', '--from', 'sample', '--users', '20000');
      spawnSync('mount', ['-o', 'remount,size=3m', m]); rmSync(join(m, 'x'), { recursive: true, force: true }); uf(m, 'init', 'y', '--from', 'sample', '--users', '1000'); const df = spawnSync('df', ['-k', m]).stdout.toString(); console.log(df); uf(join(m, 'y'), 'trial', 'bulk'); uf(join(m, 'y'), 'trials', 'list');
      spawnSync('mount', ['-o', 'remount,size=30m', m]); const id = readdirSync(join(m, 'y/trials')).at(-1)!; uf(join(m, 'y'), 'trial', 'resume', id); } finally { spawnSync('umount', [m]); } },
    trials() { const p = copy(lite); uf(p, 'trial', 'bulk', '--quiet'); const id = readdirSync(join(p, 'trials'))[0]!; uf(p, 'trial', 'resume', id); uf(p, 'trials', 'show', 'nope'); uf(p, 'trial', 'resume', '20261124-000000-abcd'); uf(p, 'report', 'nope'); uf(p, 'trials', 'compare', id, 'nope');
      writeFileSync(join(p, 'foreign.ndjson'), '{"id": 5}\n'); uf(p, 'trial', 'bulk', '--only', 'foreign.ndjson'); writeFileSync(join(p, 'foreign.ndjson'), '{"key": [1,2]}\n'); uf(p, 'trial', 'bulk', '--only', 'foreign.ndjson'); uf(p, 'trial', 'bulk', '--only', 'nofile.ndjson');writeFileSync(join(p, 'foreign.ndjson'), '{"key": ["abc"]}\n'); uf(p, 'trial', 'bulk', '--only', 'foreign.ndjson');
      const f = join(p, 'trials', id, 'replica.db'); writeFileSync(f, Buffer.concat([readFileSync(f).subarray(0, 100), Buffer.alloc(9000, 7)])); uf(p, 'report', id); truncateSync(f, 50); uf(p, 'report', id); uf(p, 'trials', 'compare', id, id);  rmSync(f); uf(p, 'report', id);
      const r = join(p, 'trials', id, 'trial.json'); writeFileSync(r, readFileSync(r, 'utf8').slice(0, 300)); uf(p, 'report', id); uf(p, 'trials', 'list'); uf(p, 'report'); uf(p, 'trials', 'delete', id, '--yes'); },
  };
  for (const [name, run] of Object.entries(cases)) { if (only && !only.split(',').includes(name)) continue; title(name); run(); }
} finally { await pg.remove(); }
