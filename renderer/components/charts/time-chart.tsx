import { useMantineColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import classes from '#renderer/components/charts/time-chart.module.css';

export interface TimeLine {
  readonly label: string;
  /** A colour of the theme, such as `--uf-accent`. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
  /** Points instead of a line. */
  readonly points?: boolean;
}

interface TimeChartProps {
  /** One sentence that says what the chart shows; people who do not see it get this and the table beside it. */
  readonly label: string;
  /** Unix seconds, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly TimeLine[];
  /** Fills between two of the lines (by index): an interval. */
  readonly band?: { readonly lower: number; readonly upper: number } | undefined;
  readonly height?: number;
  readonly format: (value: number) => string;
}

/** Values over time. Give the same numbers as a table too: a canvas cannot be read aloud. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, lines, band, height = 260, format } = props;
  const { ref, width } = useElementSize();
  const target = useRef<HTMLDivElement>(null);
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (target.current === null || width === 0) return;
    const data = [times, ...lines.map((line) => line.values)] as unknown as uPlot.AlignedData;
    const chart = new uPlot(options({ lines, band, height, format }, width), data, target.current);
    return () => chart.destroy();
  }, [times, lines, band, height, format, width, colorScheme]);
  return (
    <div ref={ref} className={classes.chart} role="img" aria-label={label}>
      <div ref={target} />
    </div>
  );
}

function colourOf(name: string): string {
  const canvas = document.getElementById('root') ?? document.body;
  return getComputedStyle(canvas).getPropertyValue(name).trim() || '#888';
}

/** `2026-11-24`: days are UTC here, whatever zone the browser is in. */
function dayOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10);
}

function options(
  { lines, band, height, format }: Pick<TimeChartProps, 'lines' | 'band' | 'format'> & { height: number },
  width: number,
): uPlot.Options {
  const grid = { stroke: colourOf('--uf-line'), width: 1 };
  const axis = { stroke: colourOf('--mantine-color-dimmed'), grid, ticks: grid, font: '11px Inter Variable' };
  const filled = colourOf('--uf-accent');
  return {
    width,
    height,
    padding: [12, 16, 0, 0],
    legend: { live: true },
    cursor: { points: { size: 6 } },
    scales: { x: { time: true } },
    axes: [
      { ...axis, space: 92, values: (_chart, ticks) => ticks.map(dayOf) },
      { ...axis, size: 70, values: (_chart, ticks) => ticks.map((tick) => format(tick)) },
    ],
    ...(band === undefined
      ? {}
      : { bands: [{ series: [band.upper + 1, band.lower + 1], fill: `${filled}26` }] }),
    series: [
      { label: 'date', value: (_chart: uPlot, at: number | null) => (at === null ? '–' : dayOf(at)) },
      ...lines.map((line) => ({
        label: line.label,
        stroke: colourOf(line.colour),
        width: line.points === true ? 0 : 1.75,
        ...(line.dashed === true ? { dash: [6, 4] } : {}),
        points: { show: line.points === true, size: 7, fill: colourOf(line.colour) },
        value: (_chart: uPlot, value: number | null) => (value === null ? '–' : format(value)),
      })),
    ],
  };
}
