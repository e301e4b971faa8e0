import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { PasswordPolicy } from '#domain/migration/password-policy.ts';
import { BCRYPT_BYTES, policyBreaches } from '#domain/migration/password-policy.ts';
import type { Secret } from '#domain/secret.ts';
import { utf8Length } from '#domain/utf8.ts';

export interface PasswordVerdict {
  /** Why the store would not take the password, or null. */
  readonly refusal: { readonly cause: DiagnosticCode; readonly detail: string } | null;
  readonly findings: readonly UserFinding[];
}

const FINE: PasswordVerdict = { refusal: null, findings: [] };

/** Whether the store takes a password. `policy` is null where no policy applies; null passwords are not known. */
export function passwordVerdict(
  password: Secret | null,
  policy: PasswordPolicy | null,
  assumptions: Assumptions,
): PasswordVerdict {
  if (password === null) return FINE;
  const breaches = policy === null ? [] : policyBreaches(password, policy);
  if (breaches.length > 0) {
    return { refusal: { cause: 'state.password-policy', detail: breaches.join(', ') }, findings: [] };
  }
  const bytes = utf8Length(password.reveal());
  const assumed = assumptions['password-over-72-bytes'];
  if (bytes <= BCRYPT_BYTES || assumed === 'unlimited') return FINE;
  const detail = `password: ${bytes} bytes, ${BCRYPT_BYTES} count`;
  if (assumed === 'truncated')
    return { refusal: null, findings: [finding('state.password-truncated', detail)] };
  return { refusal: { cause: 'state.password-too-long', detail }, findings: [] };
}
