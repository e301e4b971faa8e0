import type { GridColumn } from '#renderer/components/grid/grid-column.ts';
import classes from '#renderer/components/grid/grid.module.css';

export function GridHeader<Row>({ columns }: { readonly columns: readonly GridColumn<Row>[] }) {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} style={{ display: 'flex', flex: 1 }}>
        {columns.map((column, index) => (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index + 1}
            className={cellClass(column, index === columns.length - 1)}
            style={{ width: column.width }}
          >
            <span>{column.title}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

export function cellClass<Row>(column: GridColumn<Row>, isLast: boolean): string {
  return [classes.cell, column.align === 'right' && classes.right, isLast && classes.grow]
    .filter((name) => typeof name === 'string')
    .join(' ');
}
