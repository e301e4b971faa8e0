import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import { emailProblem } from '#domain/profile/email.ts';
import { forbiddenKeys, illegalKey, jsonBytes, PROFILE_BYTES } from '#domain/profile/metadata-rules.ts';
import { E164, mfaFactorsProblem } from '#domain/profile/mfa-factors.ts';
import type { NormalizedProfile, TextAttribute } from '#domain/profile/normalized-profile.ts';
import { TEXT_ATTRIBUTES } from '#domain/profile/normalized-profile.ts';
import { profileJson } from '#domain/profile/profile-json.ts';
import type { UsernameLength } from '#domain/profile/username.ts';
import { usernameProblem } from '#domain/profile/username.ts';

/** What the connection asks of a profile. */
export interface ProfileRules {
  readonly importMode: boolean;
  readonly requiresUsername: boolean;
  readonly usernameLength: UsernameLength;
  readonly assumptions: Assumptions;
}

export interface ProfileCheck {
  readonly findings: readonly UserFinding[];
  /** Catalog code of the finding that keeps the tenant from storing the profile; null where it can be stored. */
  readonly refusal: DiagnosticCode | null;
}

const USER_ID_LENGTH = 255;

/**
 * Checks a profile against the rules of the user store. With import on the store insists on what it indexes
 * (e-mail, username, phone); with import off it takes what scripts return, and the findings are warnings.
 */
export function validateProfile(profile: NormalizedProfile, rules: ProfileRules): ProfileCheck {
  const findings = [
    ...idFindings(profile),
    ...emailFindings(profile),
    ...usernameFindings(profile, rules),
    ...phoneFindings(profile),
    ...lengthFindings(profile, rules.assumptions),
    ...metadataFindings(profile),
    ...sizeFindings(profile),
    ...factorFindings(profile),
  ];
  const refusing = refusingCodes(rules);
  return {
    findings,
    refusal: (findings.find(({ code }) => refusing.has(code))?.code ?? null) as DiagnosticCode | null,
  };
}

function refusingCodes(rules: ProfileRules): ReadonlySet<string> {
  const codes: DiagnosticCode[] = ['profile.mfa-factors-invalid'];
  if (rules.assumptions['missing-user-id'] === 'refused') codes.push('profile.user-id-missing');
  if (rules.assumptions['oversized-profile'] === 'refused') codes.push('profile.too-large');
  if (rules.importMode) {
    codes.push(
      'profile.email-missing',
      'profile.email-invalid',
      'profile.username-missing',
      'profile.phone-invalid',
    );
  }
  return new Set(codes);
}

function idFindings({ userId }: NormalizedProfile): UserFinding[] {
  if (userId === null) return [finding('profile.user-id-missing', 'user_id')];
  if (userId.length > USER_ID_LENGTH)
    return [finding('profile.user-id-invalid', `user_id: length ${userId.length}`)];
  return /\s/.test(userId) ? [finding('profile.user-id-invalid', 'user_id: has white space')] : [];
}

function emailFindings({ email, emailVerified }: NormalizedProfile): UserFinding[] {
  if (email === null) return [finding('profile.email-missing', 'email')];
  const problem = emailProblem(email);
  if (problem !== null) return [finding('profile.email-invalid', `email: ${problem}`)];
  return emailVerified ? [] : [finding('profile.email-unverified', 'email_verified')];
}

function usernameFindings({ username }: NormalizedProfile, rules: ProfileRules): UserFinding[] {
  if (username === null)
    return rules.requiresUsername ? [finding('profile.username-missing', 'username')] : [];
  if (!rules.requiresUsername) return [finding('profile.username-unused', 'username')];
  const problem = usernameProblem(username, rules.usernameLength);
  if (problem === null) return [];
  return [finding('profile.username-invalid', `username: ${problem}, length ${username.length}`)];
}

function phoneFindings({ phoneNumber }: NormalizedProfile): UserFinding[] {
  if (phoneNumber === null || E164.test(phoneNumber)) return [];
  return [finding('profile.phone-invalid', `phone_number: text of length ${phoneNumber.length}`)];
}

/** Longest texts by attribute. E-mail and username have rules of their own. */
export function lengthLimits(assumptions: Assumptions): Readonly<Partial<Record<TextAttribute, number>>> {
  return {
    name: Number(assumptions['name-length']),
    nickname: Number(assumptions['nickname-length']),
    givenName: 150,
    familyName: 150,
  };
}

function lengthFindings(profile: NormalizedProfile, assumptions: Assumptions): UserFinding[] {
  const limits = lengthLimits(assumptions);
  return TEXT_ATTRIBUTES.flatMap(([attribute, name]) => {
    const length = profile[attribute]?.length ?? 0;
    const limit = limits[attribute];
    if (limit === undefined || length <= limit) return [];
    return [finding('profile.attribute-too-long', `${name}: length ${length}, at most ${limit}`)];
  });
}

function metadataFindings(profile: NormalizedProfile): UserFinding[] {
  const findings = forbiddenKeys(profile.appMetadata).map((key) =>
    finding('profile.app-metadata-forbidden', key),
  );
  const illegal =
    illegalKey(profile.appMetadata, 'app_metadata') ?? illegalKey(profile.userMetadata, 'user_metadata');
  if (illegal !== null) findings.push(finding('profile.metadata-key-illegal', illegal));
  return findings;
}

function sizeFindings(profile: NormalizedProfile): UserFinding[] {
  const bytes = jsonBytes(profileJson(profile));
  return bytes <= PROFILE_BYTES
    ? []
    : [finding('profile.too-large', `${bytes} bytes, at most ${PROFILE_BYTES}`)];
}

function factorFindings({ mfaFactors }: NormalizedProfile): UserFinding[] {
  const problem = mfaFactors === null ? null : mfaFactorsProblem(mfaFactors);
  return problem === null ? [] : [finding('profile.mfa-factors-invalid', problem)];
}
