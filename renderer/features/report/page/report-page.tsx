import { Anchor, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import type { Report } from '#contract/report.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { DEPTHS, kindOf, whoOf } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { Assumptions } from '#renderer/features/report/page/assumptions.tsx';
import { Causes } from '#renderer/features/report/page/causes.tsx';
import { Coverage } from '#renderer/features/report/page/coverage.tsx';
import { Evidence } from '#renderer/features/report/page/evidence.tsx';
import { Clashes, Findings } from '#renderer/features/report/page/findings.tsx';
import classes from '#renderer/features/report/page/report.module.css';
import { ReportActions } from '#renderer/features/report/page/report-actions.tsx';
import { ScriptUses } from '#renderer/features/report/page/script-uses.tsx';
import { UserStore } from '#renderer/features/report/page/user-store.tsx';
import { Verdict } from '#renderer/features/report/page/verdict.tsx';
import { useReport } from '#renderer/features/report/use-report.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

/** The whole report: the answer first, then what breaks and how to mend it, then the detail. */
export function ReportPage({ trial }: { readonly trial: string }) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const report = useReport(trial);
  const toTrials = `~${projectPath(folder, 'trials')}`;
  return (
    <Screen
      title="Report"
      lead={<Lead trial={trial} report={report.data} />}
      actions={<ReportActions trial={trial} />}
    >
      {report.isPending && <LoadingState what="Reading the report" onCancel={() => navigate(toTrials)} />}
      {report.isError && (
        <TroubleState
          trouble={toTrouble(report.error)}
          onRetry={() => void report.refetch()}
          actions={
            <Anchor component={Link} href={toTrials} size="sm">
              All trials
            </Anchor>
          }
        />
      )}
      {report.data !== undefined && <Whole report={report.data} />}
    </Screen>
  );
}

function Lead({ trial, report }: { readonly trial: string; readonly report: Report | undefined }) {
  const { folder } = useProject();
  const options = report?.trial.options;
  return (
    <span className={classes.lead}>
      <Anchor
        component={Link}
        href={`~${projectPath(folder, 'trials', trial)}`}
        size="sm"
        className="uf-mono"
      >
        {trial}
      </Anchor>
      {options !== undefined && (
        <>
          <span>{kindOf(options)}</span>
          {options.kind !== 'bulk' && (
            <span title={DEPTHS[options.depth].proves}>
              Depth: {DEPTHS[options.depth].title.toLowerCase()}
            </span>
          )}
          <span>{whoOf(options.filter)}</span>
        </>
      )}
    </span>
  );
}

function Whole({ report }: { readonly report: Report }) {
  return (
    <div className={classes.page}>
      <Verdict report={report} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Causes report={report} />
          <Clashes report={report} />
          <Findings report={report} />
        </div>
        <div className={classes.side}>
          <Coverage report={report} />
          <ScriptUses report={report} />
          <UserStore report={report} />
        </div>
      </div>
      <Assumptions report={report} />
      <Evidence report={report} />
      <Text size="xs" c="dimmed">
        {report.personalData === 'shown'
          ? 'This report shows personal data, because that was asked for.'
          : 'Users are named by their keys in the legacy database; personal data is masked.'}
      </Text>
    </div>
  );
}
