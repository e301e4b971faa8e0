import type { passwordCatalog } from '#domain/diagnostics/catalog/password.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { HashRoute, RecognisedHash } from '#domain/password/recognised-hash.ts';

export type PasswordCode = keyof typeof passwordCatalog;

interface Details {
  readonly parameters?: string;
  readonly confidence?: RecognisedHash['confidence'];
  readonly digest?: Uint8Array | null;
  readonly warnings?: readonly PasswordCode[];
}

function recognition(format: string, route: HashRoute, details: Details): RecognisedHash {
  return {
    format,
    parameters: details.parameters ?? '',
    confidence: details.confidence ?? 'certain',
    route,
    digest: details.digest ?? null,
    warnings: details.warnings ?? [],
  };
}

export function importable(format: string, value: CustomPasswordHash, details: Details = {}): RecognisedHash {
  return recognition(format, { kind: 'custom', value }, details);
}

export function lazyOnly(format: string, code: PasswordCode, details: Details = {}): RecognisedHash {
  return recognition(format, { kind: 'lazy-only', code }, details);
}

export function resetOnly(format: string, code: PasswordCode, details: Details = {}): RecognisedHash {
  return recognition(format, { kind: 'reset-only', code }, details);
}

export function withWarning(recognised: RecognisedHash, code: PasswordCode): RecognisedHash {
  return recognised.warnings.includes(code)
    ? recognised
    : { ...recognised, warnings: [...recognised.warnings, code] };
}
