import { NumberInput, Select, TextInput } from '@mantine/core';
import { Panel } from '#renderer/components/panel.tsx';
import { EMPTY_PLAN, type PlanDraft, usePlanDraft } from '#renderer/features/plan/plan-draft.ts';
import classes from '#renderer/features/plan/plan.module.css';
import { PathField } from '#renderer/files/path-field.tsx';
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
  const draft = usePlanDraft((store) => store.drafts[folder]) ?? EMPTY_PLAN;
  const put = usePlanDraft((store) => store.set);
  const set = (change: Partial<PlanDraft>): void => put(folder, change);
  return (
    <Panel title="Worked out for">
      <div className={classes.form}>
        <TextInput
          label="Lazy phase from"
          type="date"
          value={draft.start}
          onChange={(event) => set({ start: event.currentTarget.value })}
        />
        <NumberInput
          label="Days"
          placeholder="90"
          min={1}
          max={3650}
          value={draft.days ?? ''}
          onChange={(days) => set({ days: typeof days === 'number' ? days : null })}
        />
        <TextInput
          label="Cutover"
          type="date"
          value={draft.cutover}
          onChange={(event) => set({ cutover: event.currentTarget.value })}
        />
        <Select
          label="Kind of tenant"
          placeholder="as the assumption says"
          data={TIERS}
          clearable
          value={draft.tier ?? null}
          onChange={(tier) => set({ tier: tier as PlanDraft['tier'] })}
        />
        <PathField
          label="Access log"
          placeholder="CSV or NDJSON with user and time; optional"
          pick="file"
          value={draft.accessLog}
          onChange={(accessLog) => set({ accessLog })}
        />
      </div>
    </Panel>
  );
}
