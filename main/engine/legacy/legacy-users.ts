import type { LegacyUsers } from '#contract/legacy-users.ts';
import type { LegacyRecord } from '#engine/ports/legacy-store.ts';
import { cellText } from '#engine/legacy/cell-text.ts';
import { type ColumnContent, columnContents } from '#engine/legacy/column-contents.ts';
import type { LegacyDesk, LookedAt } from '#engine/legacy/legacy-desk.ts';

export interface LegacyUsersRequest {
  readonly project: string;
  readonly at: number;
  readonly limit: number;
  readonly personalData: boolean;
  readonly refresh: boolean;
}

/** One page of the users query from any place, as texts that may be shown. */
export async function legacyUsers(
  desk: LegacyDesk,
  request: LegacyUsersRequest,
  signal = new AbortController().signal,
): Promise<LegacyUsers> {
  return desk.look(request.project, request.refresh, (open) => pageOf(open, request, signal));
}

async function pageOf(
  open: LookedAt,
  request: LegacyUsersRequest,
  signal: AbortSignal,
): Promise<LegacyUsers> {
  const records = await recordsAt(open, request, signal);
  const contents = await contentsOf(open);
  const { rows, complete } = open.places.noted;
  return {
    total: open.total,
    columns: contents.map(({ name, content, key, attributes }) => ({
      name,
      content,
      key,
      attributes: [...attributes],
    })),
    rows: records.map((record, index) => ({
      at: request.at + index,
      key: record.key,
      ...shown(record, contents, request.personalData),
    })),
    noted: complete ? { rows: open.total, complete } : { rows, complete },
  };
}

async function recordsAt(
  { access, places }: LookedAt,
  { at, limit }: LegacyUsersRequest,
  signal: AbortSignal,
): Promise<readonly LegacyRecord[]> {
  const before = await places.before(at, signal);
  if (before === 'end') return [];
  const { records } = await access.store.page(before.key, limit, { signal });
  const last = records.at(-1);
  if (last !== undefined) places.visit(at + records.length, last.key);
  return records;
}

const contentsByStore = new WeakMap<LookedAt, Promise<readonly ColumnContent[]>>();
const JUDGED_ROWS = 200;

/** Judged once, by the first rows: a column must not change its cover from page to page. */
function contentsOf(open: LookedAt): Promise<readonly ColumnContent[]> {
  const known = contentsByStore.get(open) ?? judge(open);
  contentsByStore.set(open, known);
  known.catch(() => contentsByStore.delete(open));
  return known;
}

/** Not under the signal of the page that asks first: others wait for the same answer. */
async function judge({ access, project, columns, life }: LookedAt): Promise<readonly ColumnContent[]> {
  const { records } = await access.store.page(null, JUDGED_ROWS, { signal: life });
  const rows = records.flatMap((record) => (record.kind === 'row' ? [record.row] : []));
  return columnContents(columns, project.settings, rows);
}

function shown(
  record: LegacyRecord,
  contents: readonly ColumnContent[],
  personalData: boolean,
): { cells: (string | null)[]; unreadable: string | null } {
  if (record.kind === 'unreadable') return { cells: [], unreadable: record.reason };
  return {
    cells: contents.map((column) => cellText(record.row, column, personalData)),
    unreadable: null,
  };
}
