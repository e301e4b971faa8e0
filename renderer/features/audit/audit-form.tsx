import { SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { DateField } from '#renderer/components/date-field.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { type AuditDraft, useAuditDraft } from '#renderer/features/audit/audit-draft.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { PathField } from '#renderer/files/path-field.tsx';
import { PathsField } from '#renderer/files/paths-field.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';

const IMPORT_ON = [
  { value: 'project', label: 'as the project says' },
  { value: 'always', label: 'always' },
  { value: 'never', label: 'never' },
  { value: 'date', label: 'since a day' },
];

interface PartProps {
  readonly draft: AuditDraft;
  readonly onChange: (change: Partial<AuditDraft>) => void;
}

/** What the legacy list is held against. */
export function AuditForm() {
  const { folder } = useProject();
  const [draft, set] = useAuditDraft(folder);
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
        <div className={classes.fields}>
          <ImportOn draft={draft} onChange={set} />
          <DateField
            label="Cutover"
            description="Newer tenant users signed up there"
            value={draft.cutover}
            onChange={(cutover) => set({ cutover })}
          />
          <Since draft={draft} onChange={set} />
        </div>
      </Stack>
    </Panel>
  );
}

function ExportFields({ draft, onChange }: PartProps) {
  return (
    <>
      <PathsField
        label="Files of the export"
        description="NDJSON or CSV, packed with gzip or not; one path a line"
        value={draft.files}
        onChange={(files) => onChange({ files })}
      />
      <div className={classes.fields}>
        <TextInput
          label="Connection in the tenant"
          placeholder="the project’s own name"
          value={draft.connection}
          onChange={(event) => onChange({ connection: event.currentTarget.value })}
        />
        <TextInput
          className={classes.wider ?? ''}
          label="Renamed columns"
          placeholder="Id=user_id, Mail=email"
          value={draft.columns}
          onChange={(event) => onChange({ columns: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function ImportOn({ draft, onChange }: PartProps) {
  return (
    <div className={classes.pair}>
      <Select
        label="Import has been on"
        description="Tells users without a marker"
        data={IMPORT_ON}
        allowDeselect={false}
        value={draft.importOn}
        onChange={(importOn) => onChange({ importOn: importOn as AuditDraft['importOn'] })}
      />
      {draft.importOn === 'date' && (
        <DateField
          label="Import has been on since"
          hiddenLabel
          value={draft.importSince}
          onChange={(importSince) => onChange({ importSince })}
        />
      )}
    </div>
  );
}

function Since({ draft, onChange }: PartProps) {
  return (
    <div className={classes.pair}>
      <Select
        label="Show what is new since"
        description="To watch a running migration"
        data={[
          { value: 'date', label: 'a day' },
          { value: 'audit', label: 'an earlier audit’s list' },
        ]}
        allowDeselect={false}
        value={draft.sinceKind}
        onChange={(kind) => onChange({ sinceKind: kind as AuditDraft['sinceKind'] })}
      />
      {draft.sinceKind === 'date' ? (
        <DateField
          label="New since this day"
          hiddenLabel
          value={draft.since}
          onChange={(since) => onChange({ since })}
        />
      ) : (
        <div className={classes.whole}>
          <PathField
            label="Earlier list (NDJSON, of everybody)"
            pick="file"
            value={draft.sinceFile}
            onChange={(sinceFile) => onChange({ sinceFile })}
          />
        </div>
      )}
    </div>
  );
}

interface TrialFieldProps {
  readonly value: string | null;
  readonly onChange: (trial: string | null) => void;
}

function TrialField({ value, onChange }: TrialFieldProps) {
  const data = recordsOf(useTrials().data).map(({ id, options, status }) => ({
    value: id,
    label: `${id} (${options.kind}, ${status})`,
  }));
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
