import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Json } from '#domain/json.ts';

/** Deeper values than this are no user records; reading on would only exhaust the stack. */
const MOST_DEPTH = 500;

export type ImportFileRecords =
  | { readonly kind: 'records'; readonly records: readonly Json[] }
  /** The job breaks on the file. `details` repeats nothing of it: any part could be a hash. */
  | { readonly kind: 'broken'; readonly cause: DiagnosticCode; readonly details: string };

/** The records of an import file, which has to be one JSON array. */
export function importFileRecords(text: string): ImportFileRecords {
  if (depthOf(text) > MOST_DEPTH) {
    return broken('import.file-not-json', `The file nests values deeper than ${MOST_DEPTH} levels`);
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    const mark = text.startsWith('\ufeff') ? ': it starts with a byte order mark' : '';
    return broken('import.file-not-json', `The file is not valid JSON${mark}`);
  }
  if (!Array.isArray(value)) return broken('import.file-not-array', 'The file is not a JSON array of users');
  return { kind: 'records', records: value as readonly Json[] };
}

function broken(cause: DiagnosticCode, details: string): ImportFileRecords {
  return { kind: 'broken', cause, details };
}

/** Most brackets open at once, texts left out. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charCodeAt(i);
    if (inText) {
      if (character === BACKSLASH) i += 1;
      else if (character === QUOTE) inText = false;
    } else if (character === QUOTE) inText = true;
    else if (character === OPEN_ARRAY || character === OPEN_OBJECT) most = Math.max(most, ++depth);
    else if (character === CLOSE_ARRAY || character === CLOSE_OBJECT) depth -= 1;
  }
  return most;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
