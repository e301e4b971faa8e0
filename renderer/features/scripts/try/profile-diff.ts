export interface FieldDifference {
  readonly field: string;
  /** As JSON; null where the profile has no such field. */
  readonly login: string | null;
  readonly getUser: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that the two profiles do not have alike, by dotted path; metadata is looked into. */
export function profileDifferences(login: Fields, getUser: Fields, prefix = ''): readonly FieldDifference[] {
  const names = [...new Set([...Object.keys(login), ...Object.keys(getUser)])].sort();
  return names.flatMap((name) => {
    const [a, b] = [login[name], getUser[name]];
    if (isFields(a) && isFields(b)) return profileDifferences(a, b, `${prefix}${name}.`);
    const [left, right] = [json(a), json(b)];
    return left === right ? [] : [{ field: `${prefix}${name}`, login: left, getUser: right }];
  });
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
