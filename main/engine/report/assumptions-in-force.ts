import type { Report } from '#contract/report.ts';
import { ASSUMPTIONS } from '#domain/assumptions.ts';

/** Every switch with its value, so that a report says what it rests on. */
export function assumptionsInForce(values: Readonly<Record<string, string>>): Report['assumptions'] {
  return ASSUMPTIONS.map((assumption) => {
    const value = values[assumption.name] ?? assumption.default;
    const option = assumption.options.find((one) => one.value === value);
    return {
      name: assumption.name,
      value,
      isDefault: value === assumption.default,
      effect: option?.effect ?? '',
    };
  });
}
