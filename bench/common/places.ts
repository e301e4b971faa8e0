/** Places in a list, spread evenly and without a pattern that pages near each other could profit from. */
export function placesAllOver(count: number, length: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.floor((((at + 1) * 0.618_034) % 1) * length));
}
