import { Button, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type Diagnostic, DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/scripts/scripts.module.css';
import type { FoundProblems } from '#renderer/features/scripts/use-problems.ts';

interface ProblemsProps {
  readonly problems: FoundProblems;
  readonly onGoTo: (line: number, column?: number) => void;
}

/** What the linter and the type checker found, under the editor. */
export function Problems({ problems, onGoTo }: ProblemsProps) {
  const [opened, { toggle }] = useDisclosure(true);
  const { diagnostics, state, error, retry } = problems;
  const Chevron = opened ? IconChevronDown : IconChevronUp;
  const listed = opened && diagnostics.length > 0;
  return (
    <section className={classes.problems} aria-label="Problems">
      <UnstyledButton className={classes.fold ?? ''} aria-expanded={listed} onClick={toggle}>
        <span role="status">{summary(diagnostics, state)}</span>
        <Chevron size={15} aria-hidden />
      </UnstyledButton>
      {state === 'failed' && (
        <div className={classes.unchecked}>
          <span>{toTrouble(error).message}</span>
          <Button variant="default" size="compact-xs" onClick={retry}>
            Check again
          </Button>
        </div>
      )}
      {listed && (
        <div className={classes.list} tabIndex={0} role="region" aria-label="List of problems">
          <DiagnosticList
            diagnostics={diagnostics}
            onGoTo={({ place }) => {
              if (place?.kind === 'script') onGoTo(place.line ?? 1, place.column);
            }}
          />
        </div>
      )}
    </section>
  );
}

function summary(diagnostics: readonly Diagnostic[], state: FoundProblems['state']): string {
  const words = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: diagnostics.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
  if (state === 'failed') return words === '' ? 'Not checked' : `${words}; not everything could be checked`;
  if (state === 'checking') return words === '' ? 'Checking…' : words;
  return words === '' ? 'No problems found' : words;
}
