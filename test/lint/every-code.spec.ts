import { describe, expect, it } from 'vitest';
import type { Slot } from '#domain/migration/slots.ts';
import type { LintCode } from '#lint/rule.ts';
import { codesOf, script } from '#test/lint.ts';
import { ANSWERS_AND_MODULES } from './cases/answers-and-modules.ts';
import { SHAPE_AND_CALLBACK } from './cases/callback-and-shape.ts';
import type { Case } from './cases/case.ts';
import { DRIVERS_AND_RESOURCES } from './cases/drivers-and-resources.ts';
import { SECURITY_AND_PROFILE } from './cases/security-and-profile.ts';

// A code without an example does not compile.
const CASES: Readonly<Record<LintCode, Case>> = {
  ...SHAPE_AND_CALLBACK,
  ...ANSWERS_AND_MODULES,
  ...DRIVERS_AND_RESOURCES,
  ...SECURITY_AND_PROFILE,
};

const textOf = (slot: Slot, given: string) => (given.startsWith('=') ? given.slice(1) : script(slot, given));

describe.each(Object.entries(CASES))('%s', (code, { slot = 'login', found, fine, input = {} }) => {
  it('is found where it is and nowhere else', () => {
    const has = (given: string) => [given, codesOf(slot, textOf(slot, given), input).includes(code)];
    expect([...found.map(has), ...fine.map(has)]).toEqual([
      ...found.map((given) => [given, true]),
      ...fine.map((given) => [given, false]),
    ]);
  });
});

it('has an example for every code of a single script', () => {
  const without = Object.entries(CASES).filter(([, { found }]) => found.length === 0);
  expect(without.map(([code]) => code)).toEqual(['lint.configuration-unused']);
});

it('counts as nothing but what it is: a correct line of each kind brings no other error', () => {
  const errors = Object.entries(CASES).flatMap(([code, { slot = 'login', fine, input = {} }]) =>
    fine.flatMap((given) =>
      codesOf(slot, textOf(slot, given), input)
        .filter((one) => one === 'script.never-called-back' || one === 'lint.undefined-name')
        .map((one) => [code, one, given]),
    ),
  );
  expect(errors).toEqual([]);
});
