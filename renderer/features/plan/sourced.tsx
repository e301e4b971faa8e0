import { Tooltip } from '@mantine/core';
import type { Figure, PlanEstimate } from '#contract/plan.ts';
import { formatCount } from '#renderer/components/format.ts';
import { sourceText } from '#renderer/features/plan/sources.ts';
import classes from '#renderer/features/plan/plan.module.css';

interface SourcedProps {
  readonly figure: Figure | null;
  readonly format?: (value: number) => string;
}

/** A figure; hovering and focusing it tells where it comes from. */
export function Sourced({ figure, format = formatCount }: SourcedProps) {
  if (figure === null) return <span>–</span>;
  return (
    <Tooltip
      label={sourceText(figure.from)}
      multiline
      maw={360}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className={classes.sourced}>
        {format(figure.value)}
      </button>
    </Tooltip>
  );
}

/** Users with their interval. */
export function Estimated({ estimate }: { readonly estimate: PlanEstimate }) {
  return (
    <Tooltip
      label={sourceText(estimate.from)}
      multiline
      maw={360}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className={classes.sourced}>
        {estimateText(estimate)}
      </button>
    </Tooltip>
  );
}

export function estimateText({ expected, lower, upper }: PlanEstimate): string {
  if (lower === upper) return formatCount(lower);
  const interval = `${formatCount(lower)} to ${formatCount(upper)}`;
  return expected === null ? interval : `${formatCount(expected)} (${interval})`;
}
