import { appendFileSync, renameSync, statSync } from 'node:fs';
import { redact } from '#hosts/electron/redact.ts';

/** What broke. `what` is one of our own words; `detail` may hold anything and is redacted. */
export interface Crash {
  readonly what: 'page-gone' | 'page-unresponsive' | 'helper-gone' | 'engine-ended' | 'engine-start' | 'bug';
  readonly detail: string;
}

export interface CrashLog {
  /** One line of JSON. Never throws: it is called where something is wrong already. */
  note(crash: Crash): void;
}

const MOST_BYTES = 256 * 1024;

export interface CrashLogOptions {
  readonly path: string;
  readonly version: string;
  /** Written as `~`. */
  readonly home: string;
  readonly now: () => Date;
}

/** A file on this machine that nobody sends anywhere, and one older one. */
export function createCrashLog({ path, version, home, now }: CrashLogOptions): CrashLog {
  return {
    note({ what, detail }) {
      const line = { at: now().toISOString(), version, what, detail: redact(detail, home) };
      try {
        if (size(path) > MOST_BYTES) renameSync(path, `${path}.old`);
        appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      } catch {
        // Nowhere to write to: there is nobody left to tell.
      }
    },
  };
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
