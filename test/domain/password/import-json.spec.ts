import { expect, test } from 'vitest';
import { maskedImportJson, toImportJson } from '#domain/password/import-json.ts';
import { hmacObject, scryptObject } from '#domain/password/import-object.ts';
import { importObjectProblem } from '#domain/password/import-rules.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

const SCRYPT = scryptObject('aabb', 'hex', { value: 'salty', encoding: 'utf8' }, 2, {
  cost: 4096,
  blockSize: 8,
  parallelization: 1,
});

test('an object for an import file has its true values', () => {
  expect(toImportJson(SCRYPT)).toEqual({
    algorithm: 'scrypt',
    hash: { value: 'aabb', encoding: 'hex' },
    salt: { value: 'salty', encoding: 'utf8' },
    keylen: 2,
    cost: 4096,
    blockSize: 8,
    parallelization: 1,
  });
});

test('the masked form hides hash, key and salt, and nothing else', () => {
  const hmac = hmacObject('sha1', 'aabb', 'hex', { value: 'key', encoding: 'utf8' }, 'utf16le');
  expect(maskedImportJson(hmac)).toEqual({
    algorithm: 'hmac',
    hash: { value: '*****', encoding: 'hex', digest: 'sha1', key: { value: '*****', encoding: 'utf8' } },
    password: { encoding: 'utf16le' },
  });
  expect(maskedImportJson(SCRYPT)['salt']).toEqual({ value: '*****', encoding: 'utf8' });
});

test('a salt beside an hmac is refused or honoured, as the caller assumes', () => {
  const plain = hmacObject('md5', 'a'.repeat(32), 'hex', { value: 'key', encoding: 'utf8' });
  const salted: CustomPasswordHash = { ...plain, salt: { value: new Secret('zz'), encoding: 'hex' } };
  const codes = [
    importObjectProblem(plain),
    importObjectProblem(salted),
    importObjectProblem({ ...salted, salt: { value: new Secret('zz') } }, 'honoured'),
    importObjectProblem(salted, 'honoured'),
  ].map((problem) => problem?.code);
  expect(codes).toEqual([undefined, 'password.hmac-salt', undefined, 'password.hash-undecodable']);
});

test('fields that are not set stay away', () => {
  const plain: CustomPasswordHash = { algorithm: 'bcrypt', hash: { value: new Secret('x') } };
  expect(Object.keys(toImportJson(plain))).toEqual(['algorithm', 'hash']);
  expect(toImportJson(plain)['hash']).toEqual({ value: 'x' });
});
