import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import type { ColumnInfo } from '#engine/ports/legacy-store.ts';
import {
  type Attribute,
  COLUMN_NAMES,
  MISLEADING_WORDS,
  PREFIX_WORDS,
} from '#legacy/introspection/column-names.ts';
import { looksUnique, type Shape, shareOf } from '#legacy/introspection/value-shapes.ts';

export interface ColumnScore {
  readonly attribute: Attribute;
  readonly column: string;
  /** 0..1 */
  readonly confidence: number;
  readonly reason: string;
}

/** Lower-case words of a name: `usr_Email`, `EmailVerified`, `PWDHash` and `e-mail` fall into their parts. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** How well a name fits a list of names (0..1), and which of them it is like. */
export function nameFit(
  name: string,
  names: readonly string[],
): { readonly fit: number; readonly like: string } {
  const words = wordsOf(name);
  const whole = words.join('');
  const bare = [...words];
  while (bare.length > 1 && PREFIX_WORDS.has(bare[0]!)) bare.shift();
  const short = bare.join('');
  // Names later in the list are less telling.
  const rank = (index: number) => 0.97 - Math.min(index, 20) * 0.01;
  let best = { fit: 0, like: '' };
  const offer = (fit: number, like: string) => {
    if (fit > best.fit) best = { fit, like };
  };
  const misled = words.some((word) => MISLEADING_WORDS.has(word)) ? 0.3 : 1;
  for (const [index, like] of names.entries()) {
    if (whole === like) offer(rank(index), like);
    else if (short === like) offer(rank(index) - 0.03, like);
    else if (like.length >= 4 && short.endsWith(like)) offer(0.62 * misled, like);
    else if (like.length >= 5 && short.includes(like)) offer(0.45 * misled, like);
  }
  return best;
}

const SHAPES: Readonly<
  Partial<Record<Attribute, { readonly shapes: readonly Shape[]; readonly looks: string }>>
> = {
  email: { shapes: ['email'], looks: 'e-mail addresses' },
  emailVerified: { shapes: ['boolean', 'date'], looks: 'yes or no, or a time' },
  username: { shapes: ['handle'], looks: 'login names' },
  passwordHash: { shapes: ['hash'], looks: 'password hashes' },
  passwordSalt: { shapes: ['salt'], looks: 'salts' },
  passwordScheme: { shapes: ['word'], looks: 'short labels' },
  name: { shapes: ['words'], looks: 'names' },
  givenName: { shapes: ['words'], looks: 'names' },
  familyName: { shapes: ['words'], looks: 'names' },
  nickname: { shapes: ['word', 'words'], looks: 'names' },
  picture: { shapes: ['url'], looks: 'addresses of images' },
  phoneNumber: { shapes: ['phone'], looks: 'phone numbers' },
  phoneVerified: { shapes: ['boolean', 'date'], looks: 'yes or no, or a time' },
  lastLogin: { shapes: ['date'], looks: 'dates' },
  createdAt: { shapes: ['date'], looks: 'dates' },
  blocked: { shapes: ['boolean', 'date'], looks: 'yes or no' },
  userMetadata: { shapes: ['json'], looks: 'JSON' },
  appMetadata: { shapes: ['json', 'word', 'words'], looks: 'JSON or labels' },
};

/** Values so telling that they count without a fitting name. */
const BY_VALUE: ReadonlySet<Attribute> = new Set(['email', 'passwordHash']);

const percent = (share: number) => `${Math.round(share * 100)} %`;

function scoreById(
  column: ColumnInfo,
  values: readonly unknown[],
  fit: number,
  like: string,
): ColumnScore | null {
  const facts: string[] = [];
  let confidence = fit * 0.55;
  if (fit > 0) facts.push(`the name is like "${like}"`);
  if (column.primaryKey === 1) {
    confidence += 0.4;
    facts.push('it is the primary key');
  } else if (column.unique) {
    confidence += 0.25;
    facts.push('a unique index keeps it unique');
  } else if (looksUnique(values) === true && fit > 0) {
    confidence += 0.15;
    facts.push('no sampled value repeats');
  } else if (looksUnique(values) === false) {
    return null;
  }
  if (confidence === 0) return null;
  return { attribute: 'id', column: column.name, confidence: rounded(confidence), reason: facts.join('; ') };
}

const rounded = (value: number) => Math.round(Math.min(0.99, Math.max(0, value)) * 100) / 100;

/** What speaks for this column being this attribute, or null where nothing does. */
export function scoreColumn(
  attribute: Attribute,
  column: ColumnInfo,
  rows: readonly LegacyRow[],
): ColumnScore | null {
  const values = rows.map((row) => row[column.name]);
  const { fit, like } = nameFit(column.name, COLUMN_NAMES[attribute]);
  if (attribute === 'id') return scoreById(column, values, fit, like);
  const expected = SHAPES[attribute];
  const share = expected === undefined ? null : shareOf(expected.shapes, values);
  const named = `the name is like "${like}"`;
  const score = (confidence: number, reason: string): ColumnScore => ({
    attribute,
    column: column.name,
    confidence: rounded(confidence),
    reason,
  });
  if (fit === 0) {
    if (!BY_VALUE.has(attribute) || share === null || share < 0.8) return null;
    return score(0.6 * share, `${percent(share)} of the sampled values look like ${expected?.looks ?? ''}`);
  }
  if (share === null)
    return score(fit * 0.7, rows.length === 0 ? named : `${named}; all sampled values are empty`);
  if (share < 0.2)
    return score(fit * 0.25, `${named}, but the sampled values are no ${expected?.looks ?? ''}`);
  return score(
    fit * (0.55 + 0.45 * share),
    `${named}, and ${percent(share)} of the sampled values look like ${expected?.looks ?? ''}`,
  );
}
