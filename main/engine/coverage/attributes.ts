import type { Coverage } from '#contract/coverage.ts';
import type { FieldMapping } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';

export type Attribute = Coverage['attributes'][number];

/** Attributes that do not stand in the mapping under their own name. */
const SOURCE_OF: Readonly<Record<string, keyof FieldMapping>> = {
  hashFormat: 'passwordHash',
  emailDomain: 'email',
};

/** The attributes of a trial with the columns they come from. */
export function attributesOf(
  recorded: readonly { readonly name: string; readonly values: number }[],
  mapping: FieldMapping,
): Attribute[] {
  return recorded.map(({ name, values }) => ({ name, columns: columnsOf(name, mapping), values }));
}

function columnsOf(name: string, mapping: FieldMapping): string[] {
  const [root = name, ...path] = name.split('.');
  const mapped = mapping[SOURCE_OF[root] ?? (root as keyof FieldMapping)];
  if (mapped === undefined) return [];
  // Metadata of several columns have a member for each of them.
  if (typeof mapped !== 'string') return mapped.filter((column) => column === path.join('.'));
  return [mapped];
}

/**
 * The attribute that a name means: its own, upper and lower case set aside; else the only one that comes from a
 * column of that name; else the only metadata member of that name. Fault: `input-invalid`.
 */
export function attributeNamed(asked: string, attributes: readonly Attribute[]): Attribute {
  const wanted = asked.toLowerCase();
  const same = (text: string) => text.toLowerCase() === wanted;
  for (const fits of [
    ({ name }: Attribute) => same(name),
    ({ columns }: Attribute) => columns.some(same),
    ({ name }: Attribute) => same(name.slice(name.indexOf('.') + 1)),
  ]) {
    const found = attributes.filter(fits);
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    if (found.length > 1) {
      const names = found.map(({ name }) => name).join(', ');
      throw new Fault('input-invalid', `"${asked}" means more than one attribute`, {
        help: `Give one of: ${names}.`,
      });
    }
  }
  throw new Fault('input-invalid', `coverage has no attribute "${asked}"`, {
    help: `This trial has ${attributes.map(({ name }) => name).join(', ')}. More appear once userferry.json maps them ("fields") and a new trial has run.`,
  });
}
