import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt name most likely means, or null. Case and separators do not count. */
export function closestName(name: string, candidates: readonly string[]): string | null {
  const wanted = normalised(name);
  let best: string | null = null;
  // Two letters swapped count as two changes; the shortest names have too few letters to be told apart so.
  let least = wanted.length < 3 ? 1 : wanted.length < 4 ? 2 : Math.floor(wanted.length / 4) + 2;
  for (const candidate of candidates) {
    const away = distance(wanted, normalised(candidate));
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

export function didYouMean(name: string, candidates: readonly string[]): string {
  const close = closestName(name, candidates);
  return close === null ? '' : ` Did you mean "${close}"?`;
}

function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
