import { count } from '#reporters/numbers.ts';

export interface BarParts {
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

const PARTS = ['ok', 'failed', 'skipped'] as const;
const WIDTH = 1000;
/** A part that is not zero stays visible: 6 thousandths of the bar. */
const LEAST = 6;

/** A stacked bar; what the parts leave of `whole` is drawn as the rest. Read out as its figures. */
export function svgBar(parts: BarParts, whole: number, big = false): string {
  const spoken = `${count(parts.ok)} ok, ${count(parts.failed)} failed, ${count(parts.skipped)} skipped`;
  let x = 0;
  const pieces = PARTS.flatMap((part) => {
    const width = whole === 0 || parts[part] === 0 ? 0 : Math.max(LEAST, (parts[part] / whole) * WIDTH);
    if (width === 0) return [];
    const from = Math.min(x, WIDTH - LEAST);
    x = from + width;
    return [
      `<rect class="${part}" x="${tenth(from)}" width="${tenth(Math.min(width, WIDTH - from))}" height="10"/>`,
    ];
  });
  return `<svg class="bar${big ? ' big' : ''}" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" role="img" aria-label="${spoken}"><rect class="rest" width="${WIDTH}" height="10"/>${pieces.join('')}</svg>`;
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
