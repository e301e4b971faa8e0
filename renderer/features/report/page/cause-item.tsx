import { Anchor, Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { Report } from '#contract/report.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { formatCount, formatShare } from '#renderer/components/format.ts';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { capital } from '#contract/capital.ts';
import { PHASES } from '#renderer/components/trial-words.ts';
import { usersLink } from '#renderer/features/report/links.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { Samples } from '#renderer/features/report/page/samples.tsx';
import { inApp } from '#renderer/words/in-app.ts';

interface CauseItemProps {
  readonly report: Report;
  readonly cause: Report['causes'][number];
  /** Users of the biggest cause: what a full bar is. */
  readonly most: number;
  readonly startsOpen: boolean;
}

/** One cause: how many, what it means, what to do, who. */
export function CauseItem({ report, cause, most, startsOpen }: CauseItemProps) {
  const [open, setOpen] = useState(startsOpen);
  const body = useId();
  const { phase, status, code, users, title, meaning, fix, samples } = cause;
  const done = report.counts.find((one) => one.phase === phase)?.done ?? 0;
  return (
    <li className={classes.cause}>
      <button
        type="button"
        className={classes.head}
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={15} aria-hidden className={classes.chevron} />
        <span className={classes.users}>{formatCount(users)}</span>
        <span className={classes.share}>{formatShare(users, done)}</span>
        <span className={classes.title}>{capital(title)}</span>
        {report.counts.length > 1 && <span className={classes.of}>{PHASES[phase]}</span>}
        <OutcomeBadge status={status} />
        <span
          className={classes.size}
          data-status={status}
          style={{ width: `${(100 * users) / most}%` }}
          aria-hidden
        />
      </button>
      <div id={body} className={classes.body} data-open={open}>
        <Text size="sm">{inApp(meaning)}</Text>
        <Text size="sm" mt={6}>
          <b>Fix:</b> {inApp(fix)}
        </Text>
        <Samples report={report} phase={phase} samples={samples} />
        <div className={classes.foot}>
          <Anchor
            component={Link}
            size="sm"
            href={usersLink(report.trial.id, { phase, status, cause: code })}
          >
            {users === 1 ? 'Show the user' : `Show all ${formatCount(users)} users`}
          </Anchor>
          <Copyable text={code} what="code" />
        </div>
      </div>
    </li>
  );
}
