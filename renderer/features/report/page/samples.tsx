import { Anchor, Table } from '@mantine/core';
import { Link } from 'wouter';
import type { Report } from '#contract/report.ts';
import { keyText } from '#renderer/components/trial-words.ts';
import { storyLink, tryLink } from '#renderer/features/report/links.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { useProject } from '#renderer/project/project-context.tsx';

interface SamplesProps {
  readonly report: Report;
  readonly phase: 'lazy' | 'bulk';
  readonly samples: Report['causes'][number]['samples'];
}

/** A few users of a group, each with the way to try the scripts for it and to its whole story. */
export function Samples({ report, phase, samples }: SamplesProps) {
  const { folder } = useProject();
  if (samples.length === 0) return null;
  return (
    <Table className={classes.samples ?? ''} aria-label="Sample users">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={120}>Legacy key</Table.Th>
          <Table.Th>What was seen</Table.Th>
          <Table.Th w={128}>Go on</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {samples.map(({ key, position, detail, line, who }) => {
          const toTry = tryLink(folder, report.trial.options, phase, key);
          return (
            <Table.Tr key={position}>
              <Table.Td className="uf-mono">
                {keyText(key)}
                {who !== null && <div className={classes.who}>{who}</div>}
              </Table.Td>
              <Table.Td>
                {detail === '' ? '–' : detail}
                {line !== null && ` (script line ${line})`}
              </Table.Td>
              <Table.Td className={classes.ways}>
                {toTry !== null && (
                  <Anchor component={Link} size="xs" href={toTry} aria-label={`Open in Try: ${keyText(key)}`}>
                    Open in Try
                  </Anchor>
                )}
                <Anchor
                  component={Link}
                  size="xs"
                  href={storyLink(report.trial.id, key)}
                  aria-label={`Story of ${keyText(key)}`}
                >
                  Story
                </Anchor>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
