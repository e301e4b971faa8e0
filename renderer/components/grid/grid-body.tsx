import { type GridColumn, ROW_HEIGHT } from '#renderer/components/grid/grid-column.ts';
import { cellClass } from '#renderer/components/grid/grid-header.tsx';
import type { Cell } from '#renderer/components/grid/grid-keys.ts';
import classes from '#renderer/components/grid/grid.module.css';

interface GridBodyProps<Row> {
  readonly id: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly height: number;
  readonly spacer: number;
  readonly row: (index: number) => Row | undefined;
  readonly active: Cell;
  readonly onPress: (cell: Cell) => void;
  readonly onOpen: ((row: Row, index: number) => void) | undefined;
}

export function GridBody<Row>(props: GridBodyProps<Row>) {
  const { id, columns, first, last, offset, height, spacer, row, active, onPress, onOpen } = props;
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div role="rowgroup" style={{ height: spacer, minWidth: width }}>
      <div role="presentation" className={classes.layer} style={{ height }}>
        {indexes.map((index) => {
          const value = row(index);
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === active.row}
              aria-busy={value === undefined}
              className={classes.row}
              style={{ height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT - offset}px)` }}
              onDoubleClick={() => value !== undefined && onOpen?.(value, index)}
            >
              {columns.map((column, place) => (
                <div
                  key={column.id}
                  id={`${id}-${index}-${place}`}
                  role="gridcell"
                  tabIndex={-1}
                  aria-colindex={place + 1}
                  className={`${cellClass(column, place === columns.length - 1)} ${
                    index === active.row && place === active.column ? classes.active : ''
                  }`}
                  style={{ width: column.width }}
                  onMouseDown={() => onPress({ row: index, column: place })}
                >
                  {value === undefined ? <span className={classes.waiting} /> : column.render(value)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
