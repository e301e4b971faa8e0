import type { KeyboardEvent } from 'react';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows seen at once. */
  readonly page: number;
}

/** Where a key moves the active cell; null for keys that do not move it. */
export function moved(cell: Cell, event: KeyboardEvent, extent: Extent): Cell | null {
  const mod = event.ctrlKey || event.metaKey;
  const within = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(row, extent.rows - 1)),
    column: Math.max(0, Math.min(column, extent.columns - 1)),
  });
  switch (event.key) {
    case 'ArrowDown':
      return within(mod ? extent.rows : cell.row + 1, cell.column);
    case 'ArrowUp':
      return within(mod ? 0 : cell.row - 1, cell.column);
    case 'ArrowRight':
      return within(cell.row, cell.column + 1);
    case 'ArrowLeft':
      return within(cell.row, cell.column - 1);
    case 'PageDown':
      return within(cell.row + extent.page, cell.column);
    case 'PageUp':
      return within(cell.row - extent.page, cell.column);
    case 'Home':
      return within(mod ? 0 : cell.row, 0);
    case 'End':
      return within(mod ? extent.rows : cell.row, extent.columns);
    default:
      return null;
  }
}
