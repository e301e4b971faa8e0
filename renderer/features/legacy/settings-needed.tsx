import { Anchor, Alert } from '@mantine/core';
import { Link } from 'wouter';
import { type Diagnostic, DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

/** The settings cannot be read as settings, so there is nothing here to show or to change. */
export function SettingsNeeded({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const { folder } = useProject();
  return (
    <Alert color="yellow" title="The project’s settings need attention first" maw={860}>
      <DiagnosticList diagnostics={diagnostics} />
      <Anchor component={Link} href={`~${projectPath(folder, 'settings', 'file')}`} size="sm">
        Open userferry.json
      </Anchor>
    </Alert>
  );
}
