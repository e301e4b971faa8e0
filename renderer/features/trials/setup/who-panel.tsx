import { Button, Group, NumberInput, SegmentedControl, Text, Textarea } from '@mantine/core';
import { formatCount } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { keyText } from '#renderer/components/trial-words.ts';
import type { SetupProblem } from '#renderer/features/trials/setup/trial-request.ts';
import type { SetupState } from '#renderer/features/trials/setup/use-setup.ts';

export function WhoPanel({ setup, change, problems }: SetupState & { readonly problems: SetupProblem }) {
  const choices = [
    { value: 'everybody', label: 'Everybody' },
    { value: 'first', label: 'The first …' },
    { value: 'where', label: 'Where …' },
    ...(setup.only.length > 0 ? [{ value: 'only', label: `${formatCount(setup.only.length)} chosen` }] : []),
  ] as const;
  return (
    <Panel title="Who takes part">
      <SegmentedControl
        aria-label="Who takes part"
        data={choices.map((one) => ({ ...one }))}
        value={setup.who}
        onChange={(who) => change({ who: who as typeof setup.who })}
      />
      {setup.who === 'first' && (
        <NumberInput
          mt="sm"
          w={260}
          label="How many users"
          description="In the order of the pagination key"
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          value={setup.first ?? ''}
          error={problems.first}
          onChange={(value) => change({ first: typeof value === 'number' ? value : null })}
        />
      )}
      {setup.who === 'where' && (
        <Textarea
          mt="sm"
          label="Condition"
          description="In the SQL of the legacy database, over the columns of the users query"
          placeholder="country = 'DE' and last_login > '2026-01-01'"
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: 'uf-mono' }}
          value={setup.where}
          error={problems.where}
          onChange={(event) => change({ where: event.currentTarget.value })}
        />
      )}
      {setup.who === 'only' && <Chosen setup={setup} change={change} />}
    </Panel>
  );
}

const SHOWN = 8;

function Chosen({ setup, change }: SetupState) {
  const more = setup.only.length - SHOWN;
  return (
    <Group mt="sm" gap="xs">
      <Text size="xs" className="uf-mono">
        {setup.only.slice(0, SHOWN).map(keyText).join(' · ')}
        {more > 0 && ` and ${formatCount(more)} more`}
      </Text>
      <Button variant="subtle" color="gray" onClick={() => change({ only: [], who: 'everybody' })}>
        Take everybody
      </Button>
    </Group>
  );
}
