import { Box } from '@mantine/core';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { GridBody } from '#renderer/components/grid/grid-body.tsx';
import { type GridColumn, HEADER_HEIGHT, ROW_HEIGHT } from '#renderer/components/grid/grid-column.ts';
import { GridHeader } from '#renderer/components/grid/grid-header.tsx';
import { type Cell, moved } from '#renderer/components/grid/grid-keys.ts';
import classes from '#renderer/components/grid/grid.module.css';
import { type LoadRows, usePages } from '#renderer/components/grid/use-pages.ts';
import { useScaledScroll } from '#renderer/components/grid/use-scaled-scroll.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';

interface DataGridProps<Row> {
  /** What the list is, for people who hear it. */
  readonly label: string;
  /** Names the list; another name starts at the top with nothing loaded. */
  readonly source: string;
  readonly total: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly load: LoadRows<Row>;
  /** Enter or double click. */
  readonly onOpen?: (row: Row, index: number) => void;
  readonly onSelect?: (row: Row, index: number) => void;
}

/** What a right click there would do: whoever offers a menu for the grid hears it. */
function askForMenu(cell: HTMLElement | null, grid: HTMLElement | null): void {
  if (cell === null || grid === null) return;
  const [at, seen] = [cell.getBoundingClientRect(), grid.getBoundingClientRect()];
  // A cell beside what is seen has its menu at the edge.
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  const place = {
    clientX: within(at.left, seen.left, seen.right - 24) + 12,
    clientY: within(at.bottom, seen.top, seen.bottom - 4),
  };
  cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
}

/**
 * A list of any length: pages are loaded as they come into sight. Arrow keys move, Enter opens, Ctrl/Cmd+C
 * copies, the menu key asks for the menu of the row.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, source, total, columns, load, onOpen, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const scroll = useScaledScroll(scroller, total * ROW_HEIGHT, HEADER_HEIGHT);
  const first = Math.max(0, Math.floor(scroll.offset / ROW_HEIGHT));
  const last = Math.min(total - 1, Math.ceil((scroll.offset + scroll.viewport) / ROW_HEIGHT));
  const pages = usePages(source, load, first, Math.max(first, last), total);
  const page = Math.max(1, Math.floor(scroll.viewport / ROW_HEIGHT) - 1);

  const select = (cell: Cell): void => {
    setActive(cell);
    const row = pages.row(cell.row);
    if (row !== undefined) onSelect?.(row, cell.row);
    const top = cell.row * ROW_HEIGHT;
    if (top < scroll.offset) scroll.scrollTo(top);
    else if (top + ROW_HEIGHT > scroll.offset + scroll.viewport)
      scroll.scrollTo(top + ROW_HEIGHT - scroll.viewport);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = pages.row(active.row);
    const column = columns[active.column];
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key === 'c' && row !== undefined && column !== undefined) {
      if ((window.getSelection()?.toString() ?? '') === '')
        void navigator.clipboard.writeText(column.text(row));
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      askForMenu(document.getElementById(`${id}-${active.row}-${active.column}`), scroller.current);
      return;
    }
    if (event.key === 'Enter' && !mod && row !== undefined) {
      event.preventDefault();
      onOpen?.(row, active.row);
      return;
    }
    const next = moved(active, event, { rows: total, columns: columns.length, page });
    if (next === null || total === 0) return;
    event.preventDefault();
    select(next);
  };

  if (pages.error !== null) return <TroubleState trouble={toTrouble(pages.error)} onRetry={pages.retry} />;
  return (
    <Box
      ref={scroller}
      className={classes.scroller ?? ''}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total > 0 ? `${id}-${active.row}-${active.column}` : undefined}
      onKeyDown={onKeyDown}
    >
      <GridHeader columns={columns} />
      <GridBody
        id={id}
        columns={columns}
        first={first}
        last={last}
        offset={scroll.offset}
        height={scroll.viewport}
        spacer={scroll.spacer}
        row={pages.row}
        active={active}
        onPress={select}
        onOpen={onOpen}
      />
    </Box>
  );
}
