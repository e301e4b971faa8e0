import { NumberInput, SegmentedControl, Select, SimpleGrid, Switch, Text } from '@mantine/core';
import { Panel } from '#renderer/components/panel.tsx';
import { type SetupProblem, takesPipeline } from '#renderer/features/trials/setup/trial-request.ts';
import type { SetupState } from '#renderer/features/trials/setup/use-setup.ts';

const CONTAINERS = [
  { value: 'warm', label: 'Warm' },
  { value: 'fresh', label: 'Fresh' },
] as const;
const PIPELINES = [
  { value: 'off', label: 'nothing' },
  { value: 'actions', label: 'Actions' },
  { value: 'actions+rules', label: 'Actions and Rules' },
] as const;
const SAYS = {
  warm: 'Globals of a script live on between runs, as in a tenant that is busy.',
  fresh: 'Every run starts in a new container. Slower; finds scripts that lean on what a run before left.',
} as const;

/** How scripts and jobs run. */
export function RunPanel({ setup, change, problems }: SetupState & { readonly problems: SetupProblem }) {
  const scripts = setup.kind !== 'bulk';
  return (
    <Panel title="How it runs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {scripts && (
          <div>
            <Text size="sm" fw={500} mb={4} id="trial-container">
              Container
            </Text>
            <SegmentedControl
              aria-labelledby="trial-container"
              data={[...CONTAINERS]}
              value={setup.container}
              onChange={(container) => change({ container })}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {SAYS[setup.container]}
            </Text>
          </div>
        )}
        {scripts && (
          <NumberInput
            label="Time limit of one run"
            description="A tenant gives about 20 seconds"
            suffix=" s"
            min={0.1}
            max={600}
            value={setup.timeLimitSeconds ?? ''}
            error={problems.timeLimitSeconds}
            onChange={(value) => change({ timeLimitSeconds: typeof value === 'number' ? value : null })}
          />
        )}
        {scripts && (
          <NumberInput
            label="Workers"
            description="Processes that run scripts; empty: as many as fit this machine"
            placeholder="as many as fit"
            min={1}
            max={64}
            allowDecimal={false}
            value={setup.workers ?? ''}
            error={problems.workers}
            onChange={(value) => change({ workers: typeof value === 'number' ? value : null })}
          />
        )}
        {takesPipeline(setup) && (
          <Select
            label="After a login"
            description="Who would be denied, or lose a claim, by what the project’s files run next"
            data={[...PIPELINES]}
            allowDeselect={false}
            value={setup.pipeline}
            onChange={(pipeline) => change({ pipeline: pipeline ?? 'off' })}
          />
        )}
        {setup.kind !== 'lazy' && (
          <Switch
            label="Upsert"
            description="Records of users that are in the store already update them instead of being refused"
            checked={setup.upsert}
            onChange={(event) => change({ upsert: event.currentTarget.checked })}
          />
        )}
      </SimpleGrid>
    </Panel>
  );
}
