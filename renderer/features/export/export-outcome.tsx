import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ExportResult } from '#contract/exports.ts';
import type { ProvenScript } from '#contract/proof.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { formatBytes } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/export/export.module.css';

interface ExportOutcomeProps {
  readonly result: ExportResult;
  readonly onVerify: (folder: string) => void;
}

const STANDING: Readonly<Record<ProvenScript['standing'], string>> = {
  validated: 'validated',
  unvalidated: 'unvalidated',
  generated: 'written by Userferry',
  kept: 'kept as the tenant has it',
};

/** What was written and what stands for it, or why nothing was. */
export function ExportOutcome({ result, onVerify }: ExportOutcomeProps) {
  const { written, folder, diagnostics, proof, signed } = result;
  const Icon = written ? IconCircleCheck : IconCircleX;
  return (
    <>
      <Panel title={written ? 'Written' : 'Nothing was written'}>
        <Group gap="xs" wrap="nowrap" align="flex-start" role="status">
          <Icon size={18} className={written ? classes.good : classes.bad} aria-hidden />
          <Stack gap={2} style={{ minWidth: 0 }}>
            {written ? (
              <Copyable text={folder} what="folder" />
            ) : (
              <Text size="sm">The errors below forbid it; the folder is as it was.</Text>
            )}
            {written && (
              <Text size="xs" c="dimmed">
                {signed ? 'The proof is signed.' : 'The proof is not signed.'}
              </Text>
            )}
          </Stack>
        </Group>
        {written && (
          <Button variant="default" mt="sm" onClick={() => onVerify(folder)}>
            Verify it
          </Button>
        )}
      </Panel>
      {diagnostics.length > 0 && (
        <Panel title="Noticed">
          <DiagnosticList diagnostics={diagnostics} />
        </Panel>
      )}
      {proof !== null && (
        <Panel title="Contents">
          <ul className={classes.plain}>
            {proof.scripts.map((script) => (
              <li key={script.path + script.slot} className={classes.file}>
                <span>
                  {script.slot}
                  {script.reason !== null && (
                    <Text size="xs" c="dimmed">
                      {script.reason}
                    </Text>
                  )}
                </span>
                <span className={script.standing === 'unvalidated' ? classes.bad : classes.good}>
                  {STANDING[script.standing]}
                </span>
              </li>
            ))}
          </ul>
          <ul className={classes.plain}>
            {proof.files.slice(0, 30).map((file) => (
              <li key={file.path} className={classes.file}>
                <span className="uf-mono">{file.path}</span>
                <span className="uf-number">{formatBytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
          {proof.files.length > 30 && (
            <Text size="xs" c="dimmed">
              and {proof.files.length - 30} more; proof.json lists all of them.
            </Text>
          )}
          {proof.placeholders.length > 0 && (
            <Text size="xs" c="dimmed" mt="xs">
              Values to supply where it is used: {proof.placeholders.join(', ')}
            </Text>
          )}
        </Panel>
      )}
    </>
  );
}
