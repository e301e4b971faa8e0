import { expect, it } from 'vitest';
import { rewriteSpecifiers } from '../../scripts/rewrite-specifiers.ts';

it('points every module at its JavaScript and leaves other text alone', () => {
  const code = [
    `import { a } from '#domain/a.ts';`,
    `import './side.ts';`,
    `export { b } from './b.ts';`,
    `export * from '../c.ts';`,
    `const d = await import('#engine/d.ts');`,
    `const worker = new URL('./worker/main.ts', import.meta.url);`,
    `const main = join(import.meta.dirname, 'worker', 'main.ts');`,
    `const name = join('login.ts'); // './not-code.ts'`,
    `import fs from 'node:fs';`,
  ].join('\n');
  const resolve = (name: string) => name.replace(/^#(\w+)\//, '../$1/');
  expect(rewriteSpecifiers(code, resolve)).toBe(
    [
      `import { a } from "../domain/a.js";`,
      `import "./side.js";`,
      `export { b } from "./b.js";`,
      `export * from "../c.js";`,
      `const d = await import("../engine/d.js");`,
      `const worker = new URL("./worker/main.js", import.meta.url);`,
      `const main = join(import.meta.dirname, 'worker', "main.js");`,
      `const name = join('login.ts'); // './not-code.ts'`,
      `import fs from 'node:fs';`,
    ].join('\n'),
  );
});
