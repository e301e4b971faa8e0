/** A file as it would be uploaded. */
export interface ImportFileSource {
  readonly name: string;
  readonly bytes: number;
  /** Decoded as UTF-8; null where the file is larger than was asked for. */
  readonly text: string | null;
}

/** Reads a file of at most `limit` bytes. Faults: `input-invalid` where it is missing or cannot be read. */
export type ReadImportFile = (path: string, limit: number) => Promise<ImportFileSource>;
