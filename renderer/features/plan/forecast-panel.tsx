import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PlanForecast, PlanResult } from '#contract/plan.ts';
import { TimeChart, type TimeLine } from '#renderer/components/charts/time-chart.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatCount, formatShare } from '#renderer/components/format.ts';
import { Figure, Figures } from '#renderer/components/figures.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { Estimated } from '#renderer/features/plan/sourced.tsx';
import { useCatalog } from '#renderer/project/use-catalog.ts';

type Made = Extract<PlanForecast, { kind: 'made' }>;

/** How far lazy migration gets by when, how sure that is, and how well the model did on months it had not seen. */
export function ForecastPanel({ plan }: { readonly plan: PlanResult }) {
  const { lastLogin, accessLog, used, level } = plan.forecasts;
  const [by, setBy] = useState<string | null>(null);
  const shown = (by ?? used) === 'access-log' && accessLog !== null ? accessLog : lastLogin;
  return (
    <Panel
      title="Lazy coverage over time"
      lead={`Users who log in during the lazy phase; the band holds in ${formatShare(level, 1)} of cases.`}
      actions={
        accessLog !== null && (
          <SegmentedControl
            aria-label="Forecast from"
            value={shown.by}
            onChange={setBy}
            data={[
              { value: 'access-log', label: 'Access log' },
              { value: 'last-login', label: 'Last logins' },
            ]}
          />
        )
      }
    >
      {shown.kind === 'refused' ? (
        <Refused codes={shown.codes} />
      ) : (
        <Forecast forecast={shown} users={plan.legacy.users} />
      )}
    </Panel>
  );
}

/** Why there is no curve: better none than a wrong one. */
function Refused({ codes }: { readonly codes: readonly string[] }) {
  const catalog = useCatalog();
  return (
    <EmptyState icon={IconChartLine} title="The data do not carry a forecast">
      {codes.map((code) => (
        <div key={code}>
          {catalog.get(code)?.title ?? code}. {catalog.get(code)?.fix}
        </div>
      ))}
    </EmptyState>
  );
}

function Forecast({ forecast, users }: { readonly forecast: Made; readonly users: number }) {
  const [view, setView] = useState('chart');
  const { curve, model, data, atEnd, atCutover, savedByLogin, movedByLogin, insideOf } = forecast;
  return (
    <Stack gap="sm">
      <Figures>
        <Figure name="Log in during the lazy phase">
          <Estimated estimate={atEnd} />
        </Figure>
        <Figure name="Keep their password only by that login">
          <Estimated estimate={savedByLogin} />
        </Figure>
        {atCutover !== null && (
          <Figure name="Log in until the cutover">
            <Estimated estimate={atCutover} />
          </Figure>
        )}
        {movedByLogin.upper > 0 && (
          <Figure name="Come over only by that login">
            <Estimated estimate={movedByLogin} />
          </Figure>
        )}
        <Figure name="Back-tests inside the interval">
          {insideOf.all === 0 ? 'none possible' : `${insideOf.inside} of ${insideOf.all}`}
        </Figure>
      </Figures>
      <div>
        <SegmentedControl
          aria-label="Forecast as"
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </div>
      {view === 'chart' ? <Curve curve={curve} users={users} /> : <CurveTable curve={curve} users={users} />}
      {forecast.backTests.length > 0 && <BackTests tests={forecast.backTests} />}
      <Text size="xs" c="dimmed">
        {model.join(' ')} Data: {formatCount(data.seen)} of {formatCount(data.users)} users with a login from{' '}
        {data.fromDate} to {data.toDate}
        {data.sampleOf > 1 && `; every ${data.sampleOf}th user was looked at`}.
      </Text>
    </Stack>
  );
}

function Curve({ curve, users }: { readonly curve: Made['curve']; readonly users: number }) {
  const times = useMemo(() => curve.map((point) => Date.parse(point.date) / 1000), [curve]);
  const lines = useMemo<readonly TimeLine[]>(
    () => [
      { label: 'lower', colour: '--uf-line-strong', values: curve.map((point) => point.lower), dashed: true },
      { label: 'upper', colour: '--uf-line-strong', values: curve.map((point) => point.upper), dashed: true },
      { label: 'expected', colour: '--uf-accent', values: curve.map((point) => point.expected) },
    ],
    [curve],
  );
  const band = useMemo(() => ({ lower: 0, upper: 1 }), []);
  const last = curve.at(-1);
  const label =
    last === undefined
      ? 'No curve'
      : `Lazy coverage reaches ${formatCount(last.expected)} of ${formatCount(users)} users by ${last.date}, between ${formatCount(last.lower)} and ${formatCount(last.upper)}`;
  return <TimeChart label={label} times={times} lines={lines} band={band} format={formatCount} />;
}

function CurveTable({ curve, users }: { readonly curve: Made['curve']; readonly users: number }) {
  const step = Math.max(1, Math.ceil(curve.length / 14));
  const rows = curve.filter((_point, index) => index % step === 0 || index === curve.length - 1);
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Day</Table.Th>
          <Table.Th>Date</Table.Th>
          <Table.Th className={classes.right ?? ''}>Expected</Table.Th>
          <Table.Th className={classes.right ?? ''}>Share</Table.Th>
          <Table.Th className={classes.right ?? ''}>From</Table.Th>
          <Table.Th className={classes.right ?? ''}>To</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((point) => (
          <Table.Tr key={point.day}>
            <Table.Td>{point.day}</Table.Td>
            <Table.Td className="uf-number">{point.date}</Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(point.expected)}</Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatShare(point.expected, users)}</Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(point.lower)}</Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(point.upper)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function BackTests({ tests }: { readonly tests: Made['backTests'] }) {
  return (
    <Table>
      <caption className={classes.caption}>
        Back-test: the model on the log before each span, against what then happened
      </caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Held out</Table.Th>
          <Table.Th className={classes.right ?? ''}>Users</Table.Th>
          <Table.Th className={classes.right ?? ''}>Predicted</Table.Th>
          <Table.Th className={classes.right ?? ''}>Interval</Table.Th>
          <Table.Th className={classes.right ?? ''}>Actual</Table.Th>
          <Table.Th>Inside</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tests.map((test) => (
          <Table.Tr key={test.fromDate + test.toDate}>
            <Table.Td className="uf-number">
              {test.fromDate} to {test.toDate}
            </Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(test.users)}</Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(test.expected)}</Table.Td>
            <Table.Td className={classes.right ?? ''}>
              {formatCount(test.lower)} to {formatCount(test.upper)}
            </Table.Td>
            <Table.Td className={classes.right ?? ''}>{formatCount(test.actual)}</Table.Td>
            <Table.Td className={test.inside ? classes.good : classes.bad}>
              {test.inside ? 'yes' : 'no'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
