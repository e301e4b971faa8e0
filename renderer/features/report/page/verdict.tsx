import { Text, Title } from '@mantine/core';
import { IconAlertOctagon, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Report } from '#contract/report.ts';
import { FiveCounts } from '#renderer/components/five-counts.tsx';
import { formatDuration } from '#renderer/components/format.ts';
import { PHASES } from '#renderer/components/trial-words.ts';
import { usersLink } from '#renderer/features/report/links.ts';
import { caveatsOf, sentenceOf } from '#renderer/features/report/page/sentences.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { inApp } from '#renderer/words/in-app.ts';

const VERDICTS = {
  clean: { title: 'Clean', Icon: IconCircleCheck },
  findings: { title: 'Findings', Icon: IconAlertOctagon },
  incomplete: { title: 'Incomplete', Icon: IconHourglass },
} as const;

/** The answer: the verdict, one sentence and the five counts of each phase, and what to know before trusting them. */
export function Verdict({ report }: { readonly report: Report }) {
  const [, navigate] = useLocation();
  const { title, Icon } = VERDICTS[report.verdict];
  const caveats = caveatsOf(report);
  return (
    <section className={classes.verdict} data-verdict={report.verdict} aria-labelledby="report-verdict">
      <div className={classes.word}>
        <Icon size={22} stroke={1.8} aria-hidden />
        <Title order={2} id="report-verdict">
          {title}
        </Title>
      </div>
      <div className={classes.phases}>
        {report.counts.length === 0 && (
          <Text size="sm">No user took part: this trial only took import files from elsewhere.</Text>
        )}
        {report.counts.map((phase) => (
          <div key={phase.phase} className={classes.phase}>
            <Text size="sm" mb={10}>
              <b>{PHASES[phase.phase]}.</b> {sentenceOf(phase)}{' '}
              <Text span size="xs" c="dimmed">
                {formatDuration(phase.seconds)}
              </Text>
            </Text>
            <FiveCounts
              {...phase}
              onPick={(status) => navigate(usersLink(report.trial.id, { phase: phase.phase, status }))}
            />
          </div>
        ))}
      </div>
      {caveats.length > 0 && (
        <ul className={classes.caveats}>
          {caveats.map((caveat) => (
            <li key={caveat}>{inApp(caveat)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
