import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useCommands } from '#renderer/commands/registry.ts';
import { SCENARIOS, type Scenario } from '#renderer/features/scripts/try/scenarios.ts';
import classes from '#renderer/features/scripts/try/try.module.css';
import type { Slot } from '#renderer/stores/tries.ts';

interface ScenarioButtonsProps {
  readonly slot: Slot;
  readonly disabled: boolean;
  readonly onPick: (scenario: Scenario) => void;
}

/** The standard scenarios: the first one as a button, the others in a menu with what a sound script does. */
export function ScenarioButtons({ slot, disabled, onPick }: ScenarioButtonsProps) {
  const offered = SCENARIOS.filter(({ slots }) => slots === undefined || slots.includes(slot));
  useCommands(
    offered.map(({ scenario, title }) => ({
      id: `script.try-${scenario}`,
      title: `Try: ${title.toLowerCase()}`,
      group: 'Script',
      enabled: !disabled,
      run: () => onPick(scenario),
    })),
  );
  const [first, ...others] = offered;
  if (first === undefined) return null;
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => onPick(first.scenario)}>
        {first.title}
      </Button>
      <Menu position="bottom-end" width={300} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={disabled}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            More scenarios
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(({ scenario, title, expects }) => (
            <Menu.Item key={scenario} onClick={() => onPick(scenario)}>
              {title}
              <div className={classes.should}>Should: {expects}</div>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
