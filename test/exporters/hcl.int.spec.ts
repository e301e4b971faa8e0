import { parse } from '@cdktf/hcl2json';
import { expect, it } from 'vitest';
import { hclExpression, hclMap, hclString, hclText } from '#exporters/hcl.ts';

it('gives back every text, templates and control characters included', async () => {
  const texts = [
    '${file("/etc/passwd")}',
    '%{ if true }',
    '$${x}',
    'a"b\\c',
    'line\nend\ttab',
    '\u0008\u000c\u0001',
    'ü 😀',
  ];
  const text = hclText(texts.map((one, index) => ({ attribute: `a${index}`, expression: hclString(one) })));
  const read = await parse('texts.tf', text);
  // The reader gives templates as templates: what was escaped stays escaped in its answer.
  const escaped = texts.map((one) => one.replaceAll(/([$%])\{/g, (opening, sign) => `${sign}${opening}`));
  expect(
    Object.entries(read)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => value),
  ).toEqual(escaped);
});

it('lays statements out as the formatter does', () => {
  expect(
    hclText([
      {
        block: 'resource',
        labels: ['kind', 'name'],
        body: [
          { attribute: 'a', expression: 'true' },
          { attribute: 'longer', expression: hclExpression(['x', '##Y##']) },
          { comment: 'why' },
          {
            attribute: 'map',
            expression: hclMap([
              ['k', '1'],
              ['two words', '2'],
            ]),
          },
          { attribute: 'z', expression: hclExpression('https://##HOST##/api') },
        ],
      },
    ]),
  ).toBe(`resource "kind" "name" {
  a      = true
  longer = ["x", var.y]
  # why
  map = {
    k           = 1
    "two words" = 2
  }
  z = "https://\${var.host}/api"
}
`);
});
