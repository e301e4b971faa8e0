import { ActionIcon, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { MappingPreview } from '#contract/legacy-users.ts';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import classes from '#renderer/setup/mapping-preview.module.css';

interface MappingPreviewViewProps {
  readonly preview: MappingPreview['preview'];
  /** Dims the rows while newer ones are on their way. */
  readonly stale: boolean;
}

/** What some legacy users become, one at a time, with what is wrong with each. */
export function MappingPreviewView({ preview, stale }: MappingPreviewViewProps) {
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, Math.max(0, preview.length - 1));
  const user = preview[at];
  if (user === undefined)
    return stale ? <Skeleton height={240} /> : <Text size="sm">The users query gives no row.</Text>;
  const flawed = preview.filter(({ findings }) => findings.length > 0).length;
  return (
    <Stack gap="xs" className={classes.preview ?? ''} data-stale={stale}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" role="status">
          Sample user {at + 1} of {preview.length}; {flawed === 0 ? 'none' : flawed} with findings
        </Text>
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label="Previous sample user" disabled={at === 0} onClick={() => setWanted(at - 1)}>
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label="Next sample user"
            disabled={at === preview.length - 1}
            onClick={() => setWanted(at + 1)}
          >
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <section className={classes.user} aria-label={`Sample user ${at + 1}`}>
        <Table verticalSpacing={2} withRowBorders={false}>
          <Table.Tbody>
            {user.values.map(({ attribute, value }) => (
              <Table.Tr key={attribute}>
                <Table.Th scope="row" className={classes.name ?? ''}>
                  {attribute}
                </Table.Th>
                <Table.Td className={`uf-mono ${classes.value ?? ''}`}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {user.findings.map((finding) => (
          <Group key={finding.code} gap={6} wrap="nowrap" className={classes.finding ?? ''}>
            <SeverityBadge severity={finding.severity} compact />
            <Text size="xs">
              {finding.title}
              {finding.detail !== '' && <span className={classes.detail}> {finding.detail}</span>}
            </Text>
          </Group>
        ))}
      </section>
    </Stack>
  );
}
