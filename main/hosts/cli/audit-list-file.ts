import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { AuditListHeader, ListedPerson } from '#contract/audit.ts';
import { sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { AUDIT_LISTS, type AuditListFormat } from '#reporters/audit-list.ts';

/** A list of people on its way to a file: it takes its name once it is complete. Readable by its owner only. */
export class AuditListFile {
  readonly #path: string;
  readonly #unfinished: string;
  readonly #format: AuditListFormat;
  #file: FileHandle | null = null;

  constructor(path: string, asGiven: string) {
    this.#path = path;
    this.#unfinished = unfinishedPath(path);
    const format = { '.ndjson': AUDIT_LISTS.ndjson, '.jsonl': AUDIT_LISTS.ndjson, '.csv': AUDIT_LISTS.csv }[
      extname(path).toLowerCase()
    ];
    if (format === undefined)
      throw new UsageError(`"${asGiven}" says no form of list`, 'Name the file .ndjson or .csv.');
    this.#format = format;
  }

  async begin(header: AuditListHeader): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    sweepUnfinished(dirname(this.#path), this.#path);
    this.#file = await open(this.#unfinished, 'w', 0o600);
    await this.#file.writeFile(this.#format.head(header));
  }

  async add(people: readonly ListedPerson[]): Promise<void> {
    await this.#file!.writeFile(this.#format.people(people));
  }

  async keep(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rename(this.#unfinished, this.#path);
  }

  /** Leaves nothing behind of a list that was not kept. */
  async drop(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rm(this.#unfinished, { force: true });
  }
}
