import { utf8Length } from '#domain/utf8.ts';

/** What the tenant refuses to be exceeded by a request, multipart framing included. */
export const REQUEST_BYTES = 512_000;
/** "500 KB" in the documentation; the rest up to the request's limit is left to the framing. */
export const FILE_BYTES = 500_000;

const FRAME_BYTES = '[]'.length;
const SEPARATOR = ',\n';

/** One import file: a JSON array of whole records, in the order they were added. */
export interface ImportFile {
  /** 0-based among the files of one run. */
  readonly index: number;
  /** Number of the file's first record among all records that were put into files, 0-based. */
  readonly first: number;
  readonly records: number;
  /** Size of `text` in UTF-8. */
  readonly bytes: number;
  readonly text: string;
}

export type BatchStep =
  /** `closed` is the file that had no room for the record, if any; the record opens the next one. */
  | { readonly kind: 'added'; readonly closed: ImportFile | null }
  /** The record alone is larger than a file may be. It is in no file. */
  | { readonly kind: 'too-large'; readonly bytes: number };

export interface ImportBatcher {
  /** Adds the JSON text of one record. */
  add(json: string): BatchStep;
  /** The last file, or null where no record is waiting. */
  finish(): ImportFile | null;
}

/** Splits records into files below the size limit. Equal records in equal order give equal files. */
export function createImportBatcher(limit: number = FILE_BYTES): ImportBatcher {
  let waiting: string[] = [];
  let bytes = FRAME_BYTES;
  let index = 0;
  let first = 0;
  const close = (): ImportFile | null => {
    if (waiting.length === 0) return null;
    const file = { index, first, records: waiting.length, bytes, text: `[${waiting.join(SEPARATOR)}]` };
    index += 1;
    first += waiting.length;
    waiting = [];
    bytes = FRAME_BYTES;
    return file;
  };
  return {
    add(json) {
      const size = utf8Length(json);
      if (FRAME_BYTES + size > limit) return { kind: 'too-large', bytes: size };
      const closed = bytes + (waiting.length === 0 ? 0 : SEPARATOR.length) + size > limit ? close() : null;
      bytes += (waiting.length === 0 ? 0 : SEPARATOR.length) + size;
      waiting.push(json);
      return { kind: 'added', closed };
    },
    finish: close,
  };
}
