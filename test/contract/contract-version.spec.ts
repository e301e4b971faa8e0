import { createHash } from 'node:crypto';
import { isContractProcedure } from '@orpc/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '#contract/api.ts';
import { CONTRACT_HASH } from '#contract/contract-version.ts';

type Described = Record<string, unknown>;

/** Every procedure by its path, with its schemas as JSON Schema, so that any change of shape shows. */
function describeContract(node: object, path: string[] = []): Described {
  return Object.entries(node).reduce<Described>((all, [name, child]) => {
    const here = [...path, name];
    if (!isContractProcedure(child)) return { ...all, ...describeContract(child as object, here) };
    const { inputSchema, outputSchema } = child['~orpc'];
    return { ...all, [here.join('.')]: { input: schemaOf(inputSchema), output: schemaOf(outputSchema) } };
  }, {});
}

function schemaOf(schema: unknown): unknown {
  if (schema instanceof z.ZodType) return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return schema === undefined ? null : 'stream';
}

it('changes its hash only on purpose', () => {
  const text = JSON.stringify(describeContract(contract));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  // Failing here means the contract changed: put the new value and one line of history into contract-version.ts.
  expect(CONTRACT_HASH).toBe(hash);
});

it('has a schema for the input and the output of every procedure', () => {
  const described = describeContract(contract);
  expect(Object.keys(described).length).toBeGreaterThan(10);
  expect(Object.values(described).filter((one) => JSON.stringify(one).includes('null,'))).toEqual([]);
});
