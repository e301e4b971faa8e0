// Draws scripts/packaging/icon.svg at the sizes that the three systems want. Run by hand after a change of the
// drawing; the results are kept in the repository, since building a package must not need a browser.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { icnsOf, icoOf } from './icon-files.ts';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), 'packaging');
const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');
const drawn = await drawAll([16, 32, 48, 64, 128, 256, 512]);

await writeFile(join(folder, 'icon.ico'), icoOf(pick([16, 32, 48, 256])));
await writeFile(join(folder, 'icon.icns'), icnsOf(pick([16, 32, 64, 128, 256, 512])));
await mkdir(join(folder, 'icons'), { recursive: true });
for (const [size, png] of pick([32, 64, 128, 256, 512])) {
  await writeFile(join(folder, 'icons', `${size}x${size}.png`), png);
}
console.log(`icons in ${folder}`);

function pick(sizes: readonly number[]): ReadonlyMap<number, Buffer> {
  return new Map(sizes.map((size) => [size, drawn.get(size)!]));
}

async function drawAll(sizes: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
  const page = await browser.newPage();
  const pictures = new Map<number, Buffer>();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    const sized = drawing.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `);
    await page.setContent(`<body style="margin:0;background:transparent">${sized}</body>`);
    pictures.set(size, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return pictures;
}
