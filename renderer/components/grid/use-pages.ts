import { useEffect, useReducer, useRef } from 'react';

const PAGE = 100;
const KEPT = 60;
/** A thumb that is dragged passes many pages; of those only where it rests is worth a call. A single jump is, at once. */
const REST_MS = 30;

export type LoadRows<Row> = (at: number, limit: number, signal: AbortSignal) => Promise<readonly Row[]>;

interface Pages<Row> {
  readonly row: (index: number) => Row | undefined;
  /** The last load that did not work; null once one does. */
  readonly error: unknown;
  readonly retry: () => void;
}

interface Cache<Row> {
  readonly source: string;
  readonly pages: Map<number, readonly Row[]>;
  error: unknown;
}

/** Keeps the pages around what is seen and loads what is missing. `source` names the list: another one starts anew. */
export function usePages<Row>(
  source: string,
  load: LoadRows<Row>,
  first: number,
  last: number,
  total: number,
): Pages<Row> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const cache = useRef<Cache<Row>>({ source, pages: new Map(), error: null });
  if (cache.current.source !== source) cache.current = { source, pages: new Map(), error: null };
  const loader = useRef(load);
  loader.current = load;
  const from = Math.floor(first / PAGE);
  const to = total === 0 ? -1 : Math.floor(Math.min(last, total - 1) / PAGE);

  const movedAt = useRef(-Infinity);
  const attempt = cache.current.error === null ? 0 : 1;
  useEffect(() => {
    const stop = new AbortController();
    const mine = cache.current;
    const wanted = range(from, to).filter((page) => !mine.pages.has(page));
    if (wanted.length === 0 || mine.error !== null) return;
    const fetchPage = async (page: number): Promise<void> => {
      try {
        mine.pages.set(page, await loader.current(page * PAGE, PAGE, stop.signal));
        trim(mine.pages, page);
      } catch (error) {
        if (stop.signal.aborted) return;
        mine.error = error;
      }
      if (cache.current === mine) redraw();
    };
    const start = (): void => wanted.forEach((page) => void fetchPage(page));
    const now = performance.now();
    const dragged = now - movedAt.current < REST_MS;
    movedAt.current = now;
    const timer = dragged ? setTimeout(start, REST_MS) : (start(), undefined);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [source, from, to, attempt]);

  return {
    row: (index) => cache.current.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    error: cache.current.error,
    retry: () => {
      cache.current.error = null;
      redraw();
    },
  };
}

function trim<Row>(pages: Map<number, readonly Row[]>, newest: number): void {
  if (pages.size <= KEPT) return;
  const furthest = [...pages.keys()].reduce((a, b) => (Math.abs(a - newest) > Math.abs(b - newest) ? a : b));
  pages.delete(furthest);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
