import type { Json } from '#domain/json.ts';
import { emailProblem } from '#domain/profile/email.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

export const MOST_FACTORS = 10;
export const TOTP_SECRET = /^[A-Z2-7]+$/;
export const E164 = /^\+[0-9]{1,15}$/;

/** Factors as the replica keeps them: what is enrolled is of interest, the authenticator's secret is not. */
export function withoutSecrets(factors: readonly Json[]): readonly Json[] {
  return factors.map((factor) =>
    isJsonObject(factor) && factor['totp'] !== undefined ? { ...factor, totp: { secret: '*****' } } : factor,
  );
}

/** Where a list of factors breaks its schema, as a path, or null. Each item is exactly one closed object. */
export function mfaFactorsProblem(factors: readonly Json[]): string | null {
  if (factors.length === 0) return 'mfa_factors is empty or not a list';
  if (factors.length > MOST_FACTORS)
    return `mfa_factors has ${factors.length} items, at most ${MOST_FACTORS}`;
  const index = factors.findIndex((factor) => !isFactor(factor));
  return index < 0 ? null : `mfa_factors[${index}]`;
}

function isFactor(factor: Json): boolean {
  if (!isJsonObject(factor)) return false;
  const [entry, ...more] = Object.entries(factor);
  if (entry === undefined || more.length > 0 || !isJsonObject(entry[1])) return false;
  const [kind, value] = entry;
  switch (kind) {
    case 'totp':
      return onlyText(value, 'secret', (text) => TOTP_SECRET.test(text));
    case 'phone':
      return onlyText(value, 'value', (text) => E164.test(text));
    case 'email':
      return onlyText(value, 'value', (text) => emailProblem(text) === null);
    default:
      return false;
  }
}

function onlyText(
  value: { readonly [key: string]: Json },
  name: string,
  fits: (text: string) => boolean,
): boolean {
  const text = value[name];
  return Object.keys(value).length === 1 && typeof text === 'string' && fits(text);
}
