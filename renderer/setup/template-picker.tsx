import { Radio, SimpleGrid, Text } from '@mantine/core';
import type { ScriptTemplate } from '#contract/scripts.ts';
import classes from '#renderer/setup/template-picker.module.css';

interface TemplatePickerProps {
  readonly templates: readonly ScriptTemplate[];
  readonly value: string | null;
  readonly onChange: (name: string) => void;
}

/** Sets of scripts by what is behind them. */
export function TemplatePicker({ templates, value, onChange }: TemplatePickerProps) {
  return (
    <Radio.Group value={value} onChange={onChange} aria-label="Set of scripts">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
        {templates.map((template) => (
          <Radio.Card key={template.name} value={template.name} className={classes.card ?? ''}>
            <Text size="sm" fw={580}>
              {template.title}
            </Text>
            <Text size="xs" c="dimmed">
              {template.hashes.length === 0 ? 'Another system checks passwords' : template.hashes.join(', ')}
            </Text>
            <Text size="xs" c="dimmed">
              Tested against {template.testedAgainst}
            </Text>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
