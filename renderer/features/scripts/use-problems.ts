import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Diagnostic } from '#renderer/components/diagnostic-list.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import type { MarkedText } from '#renderer/features/scripts/editor/script-editor.tsx';
import { asMark, diagnosticOf, markOf } from '#renderer/features/scripts/marks.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import type { Slot } from '#renderer/stores/tries.ts';

const SETTLE_MS = 350;
/** Findings of a text that nobody looks at any more; every keystroke makes one. */
const KEPT_MS = 10_000;

export interface FoundProblems {
  /** `failed`: not all of the checks could be made. */
  readonly state: 'checking' | 'checked' | 'failed';
  readonly error: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly marked: MarkedText;
  readonly retry: () => void;
}

/** What the linter and the type checker say about the text as it stands. */
export function useProblems(slot: Slot, text: string): FoundProblems {
  const client = useClient();
  const { folder } = useProject();
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const common = { enabled: settled !== '', placeholderData: keepPreviousData, gcTime: KEPT_MS };
  const lint = useQuery({
    ...common,
    queryKey: projectKey(folder, 'lint', slot, settled),
    queryFn: async ({ signal }) => {
      const from = { kind: 'draft', project: folder, slot, text: settled } as const;
      return { text: settled, found: (await client.scripts.lint({ from }, { signal })).findings };
    },
  });
  const types = useQuery({
    ...common,
    queryKey: projectKey(folder, 'types', slot, settled),
    queryFn: async ({ signal }) => {
      const answer = await client.editor.typecheck({ project: folder, slot, text: settled }, { signal });
      return { text: settled, found: answer.marks };
    },
  });
  const [linted, typed] = [lint.data, types.data];
  const found = useMemo(() => {
    const findings = (linted?.found ?? []).map(({ diagnostic }) => diagnostic);
    const checked = typed?.found ?? [];
    const about = linted?.text ?? typed?.text ?? '';
    return {
      diagnostics: [...findings, ...checked.map((mark) => diagnosticOf(mark, slot, typed?.text ?? ''))],
      marked: {
        text: about,
        marks: [
          ...findings.flatMap((one) => markOf(one, about)),
          ...(typed?.text === about ? checked.map(asMark) : []),
        ],
      },
    };
  }, [linted, typed, slot]);
  const current = linted?.text === text && typed?.text === text;
  const error = lint.error ?? types.error;
  return {
    ...found,
    state: error !== null ? 'failed' : current || text === '' ? 'checked' : 'checking',
    error,
    retry: () => void Promise.all([lint.refetch(), types.refetch()]),
  };
}
