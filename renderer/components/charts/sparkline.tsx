import classes from '#renderer/components/charts/sparkline.module.css';

interface SparklineProps {
  /** One sentence with the newest value: "Rate: 812 users a second now, 640 to 905 so far". */
  readonly label: string;
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
}

/** A line without axes, for how a number went so far. The numbers that matter stand beside it. */
export function Sparkline({ label, values, width = 200, height = 36 }: SparklineProps) {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number): number => height - 2 - (value / most) * (height - 4);
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1={0} x2={width} y1={height - 1.5} y2={height - 1.5} className={classes.floor} />
      {values.length > 1 && (
        <>
          <polygon
            className={classes.fill}
            points={`0,${height - 2} ${points.join(' ')} ${width},${height - 2}`}
          />
          <polyline className={classes.line} points={points.join(' ')} />
        </>
      )}
    </svg>
  );
}
