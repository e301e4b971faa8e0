import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { PlanFormat, PlanResult } from '#contract/plan.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { saveText } from '#renderer/files/save-text.ts';

const FORMATS: readonly { readonly format: PlanFormat; readonly title: string; readonly use: string }[] = [
  { format: 'html', title: 'HTML', use: 'one page to pass on' },
  { format: 'markdown', title: 'Markdown', use: 'for a ticket or a wiki' },
  { format: 'json', title: 'JSON', use: 'everything, for programs' },
];

/** The plan as a file, as it stands on the screen. */
export function SavePlan({ plan }: { readonly plan: PlanResult }) {
  const client = useClient();
  const save = useMutation({
    mutationFn: async (format: PlanFormat) => {
      const file = await client.plan.render({ plan, format });
      await saveText(file.fileName, file.text, file.mediaType);
    },
    onError: notifyTrouble,
  });
  useCommands(
    FORMATS.map(({ format, title, use }) => ({
      id: `plan.save-${format}`,
      title: `Save the plan as ${title}`,
      group: 'Project' as const,
      keywords: `export download ${use}`,
      run: () => save.mutate(format),
    })),
  );
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          loading={save.isPending}
        >
          Save as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, title, use }) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {title} <span className={classes.use}>· {use}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
