import { Button, SimpleGrid, Stack } from '@mantine/core';
import { IconFlask, IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { DecisionGuide } from '#renderer/features/home/decision-guide.tsx';
import { RecentProjects } from '#renderer/features/home/recent-projects.tsx';
import { useSample } from '#renderer/features/home/use-sample.ts';
import { usePicker } from '#renderer/files/use-picker.tsx';
import { projectPath } from '#renderer/project/routes.ts';

/** Where a session starts: go on with a project, begin one, or look at the sample. */
export function HomeScreen() {
  const [, navigate] = useLocation();
  const enter = (folder: string): void => navigate(projectPath(folder, 'legacy'));
  const sample = useSample(enter);
  const picker = usePicker({
    title: 'Open a project',
    pick: 'project',
    action: 'Open this project',
    onPick: enter,
  });
  const openSample = (): void => sample.mutate(undefined, { onError: notifyTrouble });
  const create = (): void => navigate('/new');
  useCommands([
    { id: 'project.open', title: 'Open a project', group: 'Project', shortcut: 'mod+o', run: picker.open },
    { id: 'project.sample', title: 'Open the sample project', group: 'Project', run: openSample },
  ]);
  return (
    <Screen
      title="Home"
      lead="Rehearse the whole migration on this machine before anybody touches the tenant."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFlask size={15} aria-hidden />}
            loading={sample.isPending}
            onClick={openSample}
          >
            Sample project
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={15} aria-hidden />}
            onClick={picker.open}
          >
            Open
          </Button>
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={create}>
            New project
          </Button>
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Stack>
          <RecentProjects onOpen={enter} onSample={openSample} onCreate={create} />
        </Stack>
        <DecisionGuide />
      </SimpleGrid>
      {picker.dialog}
    </Screen>
  );
}
