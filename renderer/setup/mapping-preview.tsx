import { Group, Stack, Table, Text } from '@mantine/core';
import type { MappingPreview } from '#contract/legacy-users.ts';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import classes from '#renderer/setup/mapping-preview.module.css';

interface MappingPreviewViewProps {
  readonly preview: MappingPreview['preview'];
  /** Dims the rows while newer ones are on their way. */
  readonly stale: boolean;
}

/** What some legacy users become, with what is wrong with each. */
export function MappingPreviewView({ preview, stale }: MappingPreviewViewProps) {
  return (
    <Stack gap="sm" className={classes.preview ?? ''} data-stale={stale}>
      {preview.map((user, index) => (
        <section key={index} className={classes.user} aria-label={`Sample user ${index + 1}`}>
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
      ))}
    </Stack>
  );
}
