import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { Secret } from '#domain/secret.ts';
const rows: [string, string | null][] = [
 ['$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K', null],
 ['$2y$12$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K', null],
 ['67a1e09bb1f83f5007dc119c14d663aa', null],
 ['d24e794fce503c3ddb1cd1ba1dd5d9b250cf9917336a0316fefd87fecf79200f', 'abc123'],
 ['$argon2id$v=19$m=65536,t=2,p=1$J6Q/82PCyaNpYKRELJyTZg$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos', null],
 ['pbkdf2_sha256$260000$abcdefghijkl$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos=', null],
 ['{SSHA384}/cgEjdoZh85DhurDeOQEMO1rMlAur93SVPbYe5XSD4lF7nNuvrBju5hUeg9A6agRemgSXGl5YuE=', null],
 ['$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D',null],
];
for (const [h, s] of rows) {
  const hs = new Secret(h), ss = s === null ? null : new Secret(s);
  console.log(JSON.stringify({...recogniseHash(hs, ss, null),digest:undefined}));
  for (let i = 0; i < 20000; i++) recogniseHash(hs, ss, null);
  const t = performance.now();
  for (let i = 0; i < 200000; i++) recogniseHash(hs, ss, null);
  console.log(((performance.now() - t) / 200).toFixed(2), 'us');
}
