import { Button, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { type AuditDraft, EMPTY_AUDIT, useAuditDraft } from '#renderer/features/audit/audit-draft.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { usePicker } from '#renderer/files/use-picker.tsx';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** What the legacy list is held against. */
export function AuditForm() {
  const { folder } = useProject();
  const draft = useAuditDraft((store) => store.drafts[folder]) ?? EMPTY_AUDIT;
  const put = useAuditDraft((store) => store.set);
  const set = (change: Partial<AuditDraft>): void => put(folder, change);
  return (
    <Panel
      title="The legacy list against"
      actions={
        <SegmentedControl
          aria-label="Against"
          value={draft.against}
          onChange={(against) => set({ against })}
          data={[
            { value: 'export', label: 'A user export of the tenant' },
            { value: 'trial', label: 'A trial' },
          ]}
        />
      }
    >
      <Stack gap="sm">
        {draft.against === 'export' ? (
          <ExportFields draft={draft} onChange={set} />
        ) : (
          <TrialField value={draft.trial} onChange={(trial) => set({ trial })} />
        )}
        <div className={classes.dates}>
          <TextInput
            label="Import has been on since"
            description="Needed to tell migrated users without a marker"
            type="date"
            value={draft.importSince}
            onChange={(event) => set({ importSince: event.currentTarget.value })}
          />
          <TextInput
            label="Cutover"
            description="Tenant users newer than this signed up there"
            type="date"
            value={draft.cutover}
            onChange={(event) => set({ cutover: event.currentTarget.value })}
          />
          <TextInput
            label="Show what is new since"
            description="To watch a running migration"
            type="date"
            value={draft.since}
            onChange={(event) => set({ since: event.currentTarget.value })}
          />
        </div>
      </Stack>
    </Panel>
  );
}

interface ExportFieldsProps {
  readonly draft: AuditDraft;
  readonly onChange: (change: Partial<AuditDraft>) => void;
}

function ExportFields({ draft, onChange }: ExportFieldsProps) {
  const picker = usePicker({
    title: 'Choose a user export',
    pick: 'file',
    action: 'Add this file',
    onPick: (file) =>
      onChange({ files: [draft.files.trim(), file].filter((line) => line !== '').join('\n') }),
  });
  return (
    <div className={classes.files}>
      <Textarea
        label="Files of the export"
        description="NDJSON or CSV, packed with gzip or not; one path a line"
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        value={draft.files}
        onChange={(event) => onChange({ files: event.currentTarget.value })}
      />
      <Button
        variant="default"
        h={36}
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        onClick={picker.open}
      >
        Add a file
      </Button>
      {picker.dialog}
    </div>
  );
}

interface TrialFieldProps {
  readonly value: string | null;
  readonly onChange: (trial: string | null) => void;
}

function TrialField({ value, onChange }: TrialFieldProps) {
  const client = useClient();
  const { folder } = useProject();
  const trials = useQuery({
    queryKey: projectKey(folder, 'trials'),
    queryFn: () => client.trials.list({ project: folder }),
  });
  const data = (trials.data ?? []).flatMap((item) =>
    item.kind === 'trial'
      ? [
          {
            value: item.record.id,
            label: `${item.record.id} (${item.record.options.kind}, ${item.record.status})`,
          },
        ]
      : [],
  );
  return (
    <Select
      label="Trial"
      data={data}
      value={value}
      onChange={onChange}
      maw={520}
      placeholder={data.length === 0 ? 'This project has no trial' : 'Choose'}
    />
  );
}
