import type { Secret } from '#domain/secret.ts';
import { utf8Length } from '#domain/utf8.ts';

export const POLICY_LEVELS = ['none', 'low', 'fair', 'good', 'excellent'] as const;
export type PolicyLevel = (typeof POLICY_LEVELS)[number];

export type CharacterType = 'lowercase' | 'uppercase' | 'number' | 'special';

/** `password_options.complexity` of a flexible policy. */
export interface FlexiblePolicy {
  readonly minLength: number;
  readonly characterTypes: readonly CharacterType[];
  readonly characterTypeRule: 'all' | 'three_of_four';
  readonly identicalCharacters: 'allow' | 'block';
  readonly sequentialCharacters: 'allow' | 'block';
  readonly maxLengthExceeded: 'truncate' | 'error';
}

/** A legacy level whose minimum length was set apart. */
export interface LevelWithLength {
  readonly level: PolicyLevel;
  /** 1 to 128 characters. */
  readonly minLength: number;
}

export type PasswordPolicy = PolicyLevel | LevelWithLength | FlexiblePolicy;

/** Rules a password breaks, in words for findings. */
export type PolicyBreach =
  | 'empty'
  | 'too-short'
  | 'too-long'
  | CharacterType
  | 'three-character-types'
  | 'identical-characters'
  | 'sequential-characters';

/** Bytes that bcrypt looks at. */
export const BCRYPT_BYTES = 72;

const LOWER_UPPER_NUMBER: readonly CharacterType[] = ['lowercase', 'uppercase', 'number'];
const ALL_TYPES: readonly CharacterType[] = [...LOWER_UPPER_NUMBER, 'special'];
const CHARACTERS: Readonly<Record<CharacterType, RegExp>> = {
  lowercase: /[a-z]/,
  uppercase: /[A-Z]/,
  number: /\d/,
  special: /[^a-zA-Z\d\s]/,
};
const LEGACY_SPECIAL = /[!@#$%^&*]/;

/** Rules of the policy that the password breaks. The password is looked at and not kept. */
export function policyBreaches(password: Secret, policy: PasswordPolicy): readonly PolicyBreach[] {
  const text = password.reveal();
  if (text === '') return ['empty'];
  if (typeof policy === 'string') return levelBreaches(text, policy, DEFAULT_LENGTHS[policy]);
  return 'level' in policy
    ? levelBreaches(text, policy.level, policy.minLength)
    : flexibleBreaches(text, policy);
}

const DEFAULT_LENGTHS: Readonly<Record<PolicyLevel, number>> = {
  none: 1,
  low: 6,
  fair: 8,
  good: 8,
  excellent: 10,
};

function levelBreaches(text: string, level: PolicyLevel, minLength: number): PolicyBreach[] {
  const breaches: PolicyBreach[] = text.length < minLength ? ['too-short'] : [];
  if (level === 'fair') breaches.push(...missingTypes(text, LOWER_UPPER_NUMBER));
  if (level === 'good' || level === 'excellent') {
    const missing = ALL_TYPES.filter(
      (type) => !(type === 'special' ? LEGACY_SPECIAL : CHARACTERS[type]).test(text),
    );
    if (missing.length > 1) breaches.push('three-character-types');
  }
  if (level === 'excellent' && /(.)\1\1/su.test(text)) breaches.push('identical-characters');
  return breaches;
}

function flexibleBreaches(text: string, policy: FlexiblePolicy): PolicyBreach[] {
  const breaches: PolicyBreach[] = text.length < policy.minLength ? ['too-short'] : [];
  if (policy.maxLengthExceeded === 'error' && utf8Length(text) > BCRYPT_BYTES) breaches.push('too-long');
  const missing = missingTypes(text, policy.characterTypes);
  if (policy.characterTypeRule === 'all') breaches.push(...missing);
  else if (missing.length > 1) breaches.push('three-character-types');
  if (policy.identicalCharacters === 'block' && /(.)\1\1/su.test(text)) breaches.push('identical-characters');
  if (policy.sequentialCharacters === 'block' && hasSequence(text)) breaches.push('sequential-characters');
  return breaches;
}

function missingTypes(text: string, types: readonly CharacterType[]): CharacterType[] {
  return types.filter((type) => !CHARACTERS[type].test(text));
}

/** Three neighbours that count up or down: `abc`, `321`. */
function hasSequence(text: string): boolean {
  const lower = text.toLowerCase();
  for (let i = 2; i < lower.length; i += 1) {
    const step = lower.charCodeAt(i) - lower.charCodeAt(i - 1);
    const same = lower.charCodeAt(i - 1) - lower.charCodeAt(i - 2) === step;
    if (same && (step === 1 || step === -1) && /^[a-z\d]{3}$/.test(lower.slice(i - 2, i + 1))) return true;
  }
  return false;
}
