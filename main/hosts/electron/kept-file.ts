import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

/** A small file of the shell's own. What is damaged counts as absent: nothing in it is worth a question. */
export interface KeptFile<T> {
  read(): T;
  write(value: T): void;
}

export function keptFile<S extends z.ZodType>(
  path: string,
  schema: S,
  empty: z.infer<S>,
): KeptFile<z.infer<S>> {
  return {
    read() {
      try {
        return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return empty;
      }
    },
    write(value) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify(value));
        renameSync(`${path}.new`, path);
      } catch {
        // A full or read-only disk must not keep a window from closing.
      }
    },
  };
}
