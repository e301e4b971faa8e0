import { NumberInput, Select, TextInput } from '@mantine/core';
import { DateField } from '#renderer/components/date-field.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { type PlanDraft, usePlanDraft } from '#renderer/features/plan/plan-draft.ts';
import classes from '#renderer/features/plan/plan.module.css';
import { PathsField } from '#renderer/files/paths-field.tsx';
import { pathsOf } from '#renderer/files/typed-lists.ts';
import { useProject } from '#renderer/project/project-context.tsx';

const TIERS = [
  { value: 'free', label: 'Free' },
  { value: 'essentials', label: 'Essentials, Professional' },
  { value: 'enterprise', label: 'Enterprise, production' },
  { value: 'enterprise-test', label: 'Enterprise, test' },
  { value: 'private-dev', label: 'Private, development' },
  { value: 'private-1x', label: 'Private, 1x' },
  { value: 'private-5x', label: 'Private, 5x' },
  { value: 'private-15x', label: 'Private, 15x and up' },
];

/** What the plan is worked out for. Everything may be left empty. */
export function PlanForm() {
  const { folder } = useProject();
  const [draft, set] = usePlanDraft(folder);
  return (
    <Panel title="Worked out for" lead="Whatever is left empty follows from trials and assumptions.">
      <div className={classes.form}>
        <DateField label="Lazy phase from" value={draft.start} onChange={(start) => set({ start })} />
        <NumberInput
          label="Days"
          placeholder="90"
          min={1}
          max={3650}
          value={draft.days ?? ''}
          onChange={(days) => set({ days: typeof days === 'number' ? days : null })}
        />
        <DateField label="Cutover" value={draft.cutover} onChange={(cutover) => set({ cutover })} />
        <Select
          label="Kind of tenant"
          placeholder="as the assumption says"
          data={TIERS}
          clearable
          value={draft.tier ?? null}
          onChange={(tier) => set({ tier: tier as PlanDraft['tier'] })}
        />
      </div>
      <div className={classes.log} data-named={pathsOf(draft.accessLog).length > 0}>
        <PathsField
          label="Access log"
          placeholder="CSV or NDJSON with user and time; optional"
          value={draft.accessLog}
          onChange={(accessLog) => set({ accessLog })}
        />
        {pathsOf(draft.accessLog).length > 0 && <LogColumns draft={draft} onChange={set} />}
      </div>
    </Panel>
  );
}

interface LogColumnsProps {
  readonly draft: PlanDraft;
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

function LogColumns({ draft, onChange }: LogColumnsProps) {
  return (
    <>
      <TextInput
        label="Only lines with"
        placeholder="event=login"
        value={draft.logOnly}
        onChange={(event) => onChange({ logOnly: event.currentTarget.value })}
      />
      <TextInput
        label="Column of the user"
        placeholder="found by its name"
        value={draft.logUser}
        onChange={(event) => onChange({ logUser: event.currentTarget.value })}
      />
      <TextInput
        label="Column of the time"
        placeholder="found by its name"
        value={draft.logTime}
        onChange={(event) => onChange({ logTime: event.currentTarget.value })}
      />
    </>
  );
}
