export interface AccessLogRequest {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Null: told by the text. */
  readonly format: 'csv' | 'ndjson' | null;
  /** Column or dotted key of the user and of the time. Null: one of the usual names. */
  readonly user: string | null;
  readonly time: string | null;
  /** Column or dotted key to the value that a line must have there. */
  readonly only: Readonly<Record<string, string>>;
}

/** Hears of every line that names a user and a time, in the order of the files. */
export type OnLogin = (user: string, atMs: number) => void;

/** lines = told + filtered + broken. Blank lines and a CSV's heading are none. */
export interface AccessLogSummary {
  readonly lines: number;
  readonly told: number;
  readonly filtered: number;
  readonly broken: number;
  /** The first ones. */
  readonly brokenLines: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/**
 * Streams access logs: memory does not grow with them. Faults: `input-invalid` for files that are missing, damaged,
 * without the columns, or without a single line that can be read; `cancelled`.
 */
export type ReadAccessLog = (
  request: AccessLogRequest,
  onLogin: OnLogin,
  /** Bytes read of all bytes on disk. */
  report: (done: number, expected: number) => void,
  signal: AbortSignal,
) => Promise<AccessLogSummary>;
