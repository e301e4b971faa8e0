import { useMutation } from '@tanstack/react-query';
import type { PlanFormat, PlanResult } from '#contract/plan.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { SaveAs, type SaveFormat } from '#renderer/components/save-as.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { saveText } from '#renderer/files/save-text.ts';

const FORMATS: readonly SaveFormat<PlanFormat>[] = [
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
  return <SaveAs formats={FORMATS} saving={save.isPending} onSave={(format) => save.mutate(format)} />;
}
