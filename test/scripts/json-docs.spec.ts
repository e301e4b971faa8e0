import { expect, it } from 'vitest';
import { jsonDocs } from '../../scripts/json-docs.ts';

it('docs/json.md says what the schemas say', async () => {
  await expect(jsonDocs()).toMatchFileSnapshot('../../docs/json.md');
});
