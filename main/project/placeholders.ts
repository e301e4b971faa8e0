import type { Secret } from '#domain/secret.ts';

/** `##NAME##` (text) and `@@NAME@@` (JSON), as the deploy tool replaces them in every file it sends. */
const MARKER = /##([A-Za-z_][A-Za-z0-9_]*)##|"?@@([A-Za-z_][A-Za-z0-9_]*)@@"?/g;

export interface FilledText {
  readonly text: string;
  /** Names without a value, each once. Their markers stay in the text, as the deploy tool leaves them. */
  readonly missing: readonly string[];
}

/**
 * Fills the markers of a text. In a script `@@NAME@@` becomes a JSON text with its quotes; in a text that was
 * parsed from JSON (`parsed`) the quotes are gone already.
 */
export function fillPlaceholders(
  text: string,
  valueOf: (name: string) => Secret | null,
  kind: 'script' | 'parsed',
): FilledText {
  const missing = new Set<string>();
  const filled = text.replaceAll(MARKER, (marker: string, plain?: string, json?: string) => {
    const value = valueOf((plain ?? json)!);
    if (value === null) {
      missing.add((plain ?? json)!);
      return marker;
    }
    return plain === undefined && kind === 'script' ? JSON.stringify(value.reveal()) : value.reveal();
  });
  return { text: filled, missing: [...missing] };
}

/**
 * Makes the text of a JSON file readable as JSON while its markers still stand: `@@NAME@@` without quotes gets
 * them. Line numbers stay as they are.
 */
export function quoteJsonMarkers(text: string): string {
  return text.replaceAll(MARKER, (marker: string, _plain?: string, json?: string) =>
    json === undefined ? marker : `"@@${json}@@"`,
  );
}

/** Names of the markers in a text, each once. */
export function placeholderNames(text: string): string[] {
  return [...new Set([...text.matchAll(MARKER)].map((match) => (match[1] ?? match[2])!))];
}

/**
 * Whether a value, pasted between the quotes of a JSON text as the deploy tool does for `##NAME##`, breaks the
 * text or comes out as something else.
 */
export function breaksJson(value: string): boolean {
  return JSON.stringify(value) !== `"${value}"`;
}

/** The text of a JSON file with its markers overwritten, so that every other character stays in its place. */
export function blankJsonMarkers(text: string): string {
  return text.replaceAll(MARKER, (marker: string, _plain?: string, json?: string) =>
    json === undefined ? marker : `"${'x'.repeat(marker.length - 2)}"`,
  );
}
