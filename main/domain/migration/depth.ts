/**
 * How much of each user a lazy trial checks. `profiles` runs getUser; `formats` also recognises stored hashes;
 * `assumed` also runs login with the password check answered by the rehearsal; `proven` runs login with known
 * credentials and true checks.
 */
export const DEPTHS = ['profiles', 'formats', 'assumed', 'proven'] as const;
export type Depth = (typeof DEPTHS)[number];

export const TRIAL_KINDS = ['lazy', 'bulk', 'mixed'] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];
