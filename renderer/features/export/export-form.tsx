import { Button, NumberInput, Radio, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCommands } from '#renderer/commands/registry.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { type ExportDraft, useExportDraft } from '#renderer/features/export/export-draft.ts';
import { ExportOutcome } from '#renderer/features/export/export-outcome.tsx';
import classes from '#renderer/features/export/export.module.css';
import { FORMATS } from '#renderer/features/export/formats.ts';
import { TrialPicker } from '#renderer/features/export/trial-picker.tsx';
import { joinPath } from '#renderer/files/join-path.ts';
import { PathField } from '#renderer/files/path-field.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** Format, the trials that stand for it, and where it goes. */
export function ExportForm({ onVerify }: { readonly onVerify: (folder: string) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const [draft, set] = useExportDraft(folder);
  const out =
    draft.out.trim() === '' ? joinPath(joinPath(folder, 'exports'), draft.format) : draft.out.trim();
  const create = useMutation({
    mutationKey: ['export', folder],
    mutationFn: () => {
      const { current, sign, trials, acceptRandomPasswords, ...rest } = draft;
      const { format } = rest;
      return client.exports.create({
        ...rest,
        project: folder,
        out,
        trials: [...trials],
        // What the form does not show for this format is not meant.
        acceptRandomPasswords: format === 'import-files' && acceptRandomPasswords,
        ...(format !== 'management-api' || current.trim() === '' ? {} : { current: current.trim() }),
        ...(sign.trim() === '' ? {} : { sign: sign.trim() }),
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: projectKey(folder, 'exports') }),
  });
  const run = (): void => create.mutate();
  useCommands([
    {
      id: 'export.create',
      title: 'Create the export',
      group: 'Project',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: !create.isPending,
      run,
    },
  ]);
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        <Panel title="Format">
          <Radio.Group aria-label="Format" value={draft.format} onChange={(format) => set({ format })}>
            <SimpleGrid cols={2} spacing="xs">
              {FORMATS.map(({ format, title, lead }) => (
                <Radio.Card key={format} value={format} className={classes.card ?? ''}>
                  <Text size="sm" fw={580}>
                    {title}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {lead}
                  </Text>
                </Radio.Card>
              ))}
            </SimpleGrid>
          </Radio.Group>
        </Panel>
        <TrialPicker value={draft.trials} onChange={(trials) => set({ trials })} />
        <Panel title="Where and how">
          <Stack gap="sm">
            <PathField
              label="Folder to make"
              pick="folder"
              placeholder={out}
              value={draft.out}
              onChange={(path) => set({ out: path })}
            />
            {draft.format === 'management-api' && (
              <PathField
                label="The connection as the tenant has it now"
                description="The answer to GET /api/v2/connections/{id}, as a JSON file"
                pick="file"
                value={draft.current}
                onChange={(current) => set({ current })}
              />
            )}
            <PathField
              label="Sign the proof with"
              description="Ed25519 private key in PEM; read once and never kept. Empty: no signature."
              pick="file"
              value={draft.sign}
              onChange={(sign) => set({ sign })}
            />
            <Options draft={draft} onChange={set} />
          </Stack>
        </Panel>
      </Stack>
      <Stack gap="md" className={classes.outcome ?? ''}>
        <Button
          size="sm"
          leftSection={<IconPackageExport size={16} aria-hidden />}
          loading={create.isPending}
          onClick={run}
        >
          Create the export
        </Button>
        {create.isError && <TroubleState trouble={toTrouble(create.error)} onRetry={run} />}
        {create.data !== undefined && <ExportOutcome result={create.data} onVerify={onVerify} />}
        {create.isIdle && (
          <Text size="sm" c="dimmed">
            All of it is written, or nothing. The folder gets a proof.json with checksums of every file, the
            trials, their coverage, versions and assumptions.
          </Text>
        )}
      </Stack>
    </div>
  );
}

interface OptionsProps {
  readonly draft: ExportDraft;
  readonly onChange: (change: Partial<ExportDraft>) => void;
}

function Options({ draft, onChange }: OptionsProps) {
  return (
    <Stack gap="xs" mt={4}>
      <NumberInput
        label="Failed users that are accepted"
        description="More of them in a trial keep its scripts from being validated"
        min={0}
        w={320}
        thousandSeparator=","
        value={draft.allow}
        onChange={(allow) => onChange({ allow: typeof allow === 'number' ? allow : 0 })}
      />
      <Switch
        label="Export scripts that no trial stands for, labelled unvalidated"
        checked={draft.allowUnvalidated}
        onChange={(event) => onChange({ allowUnvalidated: event.currentTarget.checked })}
      />
      {draft.format === 'import-files' && (
        <Switch
          label="Accept that users without a usable hash get a random password"
          checked={draft.acceptRandomPasswords}
          onChange={(event) => onChange({ acceptRandomPasswords: event.currentTarget.checked })}
        />
      )}
      <Switch
        label="Replace an export of ours that is in that folder"
        checked={draft.force}
        onChange={(event) => onChange({ force: event.currentTarget.checked })}
      />
    </Stack>
  );
}
