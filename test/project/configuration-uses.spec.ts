import { expect, it } from 'vitest';
import { configurationUses } from '#project/configuration-uses.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';

it.each([
  ['f(configuration.A, configuration.B, configuration.A)', ['A', 'B'], true],
  ["f(configuration['A'])", ['A'], true],
  ['f(configuration[name])', [], false],
  ['f(configuration)', [], false],
  ['const { A, B: b, C = 1 } = configuration;', ['A', 'B', 'C'], true],
  ['const { A, ...rest } = configuration;', [], false],
  ['f(other.configuration)', [], true],
  ['f({ configuration: 1 })', [], true],
  ['f(`${configuration.A}:${configuration?.B}`)', ['A', 'B'], true],
])('%s reads %j, all known: %j', (body, names, complete) => {
  const parsed = parseScript(`function script(name, callback) { ${body} }`);
  if (isParseError(parsed)) throw new Error(parsed.message);
  const uses = configurationUses(parsed);
  expect({ names: uses.names.map(({ name }) => name), complete: uses.complete }).toEqual({ names, complete });
});

it('says where a name is read first', () => {
  const parsed = parseScript('function script() {\n  return configuration.A || configuration.A;\n}');
  if (isParseError(parsed)) throw new Error(parsed.message);
  expect(configurationUses(parsed).names).toEqual([{ name: 'A', line: 2, column: 24 }]);
});
