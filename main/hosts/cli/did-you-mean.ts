import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or null where none is near. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const asked = word.toLowerCase();
  const part = known.find((one) => one.split('.').at(-1) === asked);
  if (part !== undefined) return part;
  const best = closest(asked, [...known]);
  return distance(asked, best) <= Math.max(2, Math.floor(best.length * 0.4)) ? best : null;
}
