import { Button, Select } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ReportFormat } from '#contract/report.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { SaveAs, type SaveFormat } from '#renderer/components/save-as.tsx';
import { kindOf } from '#renderer/components/trial-words.ts';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { saveText } from '#renderer/files/save-text.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

const FORMATS: readonly SaveFormat<ReportFormat>[] = [
  { format: 'html', title: 'HTML', use: 'one page to pass on' },
  { format: 'markdown', title: 'Markdown', use: 'for a ticket or a wiki' },
  { format: 'csv', title: 'CSV', use: 'causes and findings as a sheet' },
  { format: 'json', title: 'JSON', use: 'everything, for programs' },
  { format: 'junit', title: 'JUnit', use: 'for a build server' },
];

/** Another trial's report, export, print. */
export function ReportActions({ trial }: { readonly trial: string }) {
  const client = useClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const records = recordsOf(useTrials().data);
  const save = useMutation({
    mutationFn: async (format: ReportFormat) => {
      const file = await client.trials.render({ project: folder, trial, format, personalData });
      await saveText(file.fileName, file.text, file.mediaType);
    },
    onError: notifyTrouble,
  });
  const print = (): void => window.print();
  useCommands([
    ...FORMATS.map(({ format, title, use }) => ({
      id: `report.save-${format}`,
      title: `Save the report as ${title}`,
      group: 'Report' as const,
      keywords: `export download ${use}`,
      run: () => save.mutate(format),
    })),
    { id: 'report.print', title: 'Print the report', group: 'Report', shortcut: 'mod+p', run: print },
  ]);
  return (
    <>
      <Select
        aria-label="Trial"
        size="xs"
        w={270}
        allowDeselect={false}
        searchable
        value={trial}
        data={records.map((record) => ({
          value: record.id,
          label: `${record.id} · ${kindOf(record.options)}`,
        }))}
        onChange={(id) => id !== null && navigate(`/${id}`)}
      />
      <Button variant="default" leftSection={<IconPrinter size={15} aria-hidden />} onClick={print}>
        Print
      </Button>
      <SaveAs formats={FORMATS} saving={save.isPending} primary onSave={(format) => save.mutate(format)} />
    </>
  );
}
