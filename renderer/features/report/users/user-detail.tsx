import { cohortValue } from '#contract/cohort-words.ts';
import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { Facts } from '#renderer/components/facts.tsx';
import { formatCount, formatMs } from '#renderer/components/format.ts';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { capital } from '#contract/capital.ts';
import { keyText } from '#renderer/components/trial-words.ts';
import { storyLink, tryLink } from '#renderer/features/report/links.ts';
import type { Outcome } from '#renderer/features/report/users/use-users.ts';
import classes from '#renderer/features/report/users/users.module.css';
import { useCatalog } from '#renderer/project/use-catalog.ts';
import { useProject } from '#renderer/project/project-context.tsx';

interface UserDetailProps {
  readonly record: TrialRecord;
  readonly outcome: Outcome;
}

/** One user of the list: what became of it, why, and the ways on. */
export function UserDetail({ record, outcome }: UserDetailProps) {
  const { folder } = useProject();
  const catalog = useCatalog();
  const { key, status, cause, legacyId, state, cohorts, findings, ms, position, phase } = outcome;
  const toTry = tryLink(folder, record.options, phase, key);
  const decided = cause === null ? undefined : catalog.get(cause);
  return (
    <section className={classes.detail} aria-label="The chosen user">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2}>
            <Copyable text={keyText(key)} what="legacy key" />
          </Title>
          <OutcomeBadge status={status} />
        </div>
      </Group>
      <Group gap="xs" mt="sm">
        {toTry !== null && (
          <Button component={Link} href={toTry}>
            Open in Try
          </Button>
        )}
        <Button component={Link} variant="default" href={storyLink(record.id, key)}>
          Whole story
        </Button>
      </Group>
      {cause !== null && (
        <div className={classes.cause}>
          <Text size="sm" fw={560}>
            {capital(decided?.title ?? cause)}
          </Text>
          <Text size="xs" c="dimmed">
            {decided?.meaning}
          </Text>
          {decided !== undefined && (
            <Text size="xs" mt={4}>
              <b>Fix:</b> {decided.fix}
            </Text>
          )}
        </div>
      )}
      <Facts
        facts={[
          { name: 'State', value: cohortValue('state', state) },
          { name: 'Id', value: legacyId === null ? '–' : <Copyable text={legacyId} what="id" /> },
          { name: 'Password hash', value: cohortValue('hashFormat', cohorts.hashFormat) },
          { name: 'Last login', value: cohortValue('lastLogin', cohorts.lastLogin) },
          { name: 'E-mail domain', value: cohortValue('emailDomain', cohorts.emailDomain) },
          { name: 'Row', value: formatCount(position + 1) },
          ...(phase === 'lazy' ? [{ name: 'Took', value: formatMs(ms) }] : []),
        ]}
      />
      {findings.length > 0 && (
        <>
          <Title order={3} mt="md" mb={4}>
            Findings
          </Title>
          <ul className={classes.findings}>
            {findings.map(({ code, detail, line }, index) => (
              <li key={`${code} ${index}`}>
                <SeverityBadge severity={catalog.get(code)?.severity ?? 'note'} compact />
                <div>
                  <Text size="sm">{capital(catalog.get(code)?.title ?? code)}</Text>
                  <Text size="xs" c="dimmed">
                    {detail}
                    {line !== undefined && ` (script line ${line})`}
                  </Text>
                  <Anchor
                    component={Link}
                    size="xs"
                    href={`/${record.id}/users?phase=${phase}&finding=${encodeURIComponent(code)}`}
                  >
                    Everybody with it
                  </Anchor>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
