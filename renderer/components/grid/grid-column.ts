import type { ReactNode } from 'react';

export const ROW_HEIGHT = 32;
export const HEADER_HEIGHT = 34;

export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  readonly align?: 'left' | 'right';
  readonly render: (row: Row) => ReactNode;
  /** What copying the cell gives. */
  readonly text: (row: Row) => string;
}
