/** Values of cohorts in words, the same in reports and on screens. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: {
    'legacy-only': 'only in the legacy store',
    shadow: 'profile only, no password',
    partial: 'half created',
    migrated: 'migrated',
    'imported-hash-pending': 'imported, hash unproven',
    'imported-random-password': 'imported, needs a reset',
    deleted: 'deleted',
  },
  lastLogin: {
    'under-30-days': 'under 30 days ago',
    '30-90-days': '30 to 90 days ago',
    '90-365-days': '90 days to a year ago',
    'over-1-year': 'over a year ago',
    never: 'never',
    unknown: 'unknown',
  },
  hashFormat: { none: 'no password stored', unknown: 'not recognised' },
  emailDomain: { none: 'no e-mail' },
};

/** A value of a cohort or an account state in words; what has no wording is shown as it is. */
export function cohortValue(by: string, value: string): string {
  if (value === '(other)') return 'all others';
  const words = VALUES[by];
  return words !== undefined && Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

/** Values of an attribute that have an order of their own, in it. */
export function wordedValues(by: string): readonly string[] {
  return Object.keys(VALUES[by] ?? {});
}
