import { MergeView } from '@codemirror/merge';
import { javascript } from '@codemirror/lang-javascript';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { Button, Group, Modal, NavLink, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ScriptTemplate } from '#contract/scripts.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { editorTheme } from '#renderer/features/scripts/editor/theme.ts';
import { withEnds } from '#renderer/features/scripts/line-ends.ts';
import classes from '#renderer/features/scripts/scripts.module.css';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { useTemplates } from '#renderer/setup/use-templates.ts';
import type { Slot } from '#renderer/stores/tries.ts';

interface TemplateGalleryProps {
  readonly opened: boolean;
  readonly slot: Slot;
  /** What stands in the editor now. */
  readonly text: string;
  readonly onClose: () => void;
  readonly onUse: (text: string, title: string) => void;
}

/** Templates for the slot, each against what stands there now. Nothing is replaced before the difference was seen. */
export function TemplateGallery({ opened, slot, text, onClose, onUse }: TemplateGalleryProps) {
  const client = useClient();
  const { folder } = useProject();
  const { templates } = useTemplates(folder);
  const [name, setName] = useState<string | null>(null);
  const starter = useQuery({
    queryKey: projectKey(folder, 'starter', slot),
    queryFn: ({ signal }) => client.scripts.starter({ project: folder, slot }, { signal }),
    enabled: opened,
  });
  // The set that fits the project is the one to look at first.
  const fits = starter.data === undefined ? null : (starter.data.name ?? OWN);
  const sets = [...ownSet(starter.data), ...(templates.data ?? [])];
  const named = (wanted: string | null) => sets.find((template) => template.name === wanted);
  const waits = name === null && starter.isPending;
  const chosen = waits ? undefined : (named(name) ?? named(fits) ?? sets[0]);
  const template = useQuery({
    queryKey: ['template', chosen?.name, slot],
    queryFn: ({ signal }) => client.scripts.template({ name: chosen?.name ?? '', slot }, { signal }),
    enabled: opened && chosen !== undefined && chosen.name !== OWN,
    staleTime: Infinity,
  });
  const error = templates.error ?? template.error;
  const retry = (): void => void Promise.all([templates.refetch(), template.refetch()]);
  const own = chosen !== undefined && chosen.name === fits ? starter.data : undefined;
  const read = own?.text ?? template.data?.text;
  const after = read === undefined || chosen === undefined ? null : withEnds(read, '\n');
  return (
    <Modal opened={opened} onClose={onClose} title={`Templates for ${slot}`} size="min(1500px, 94vw)">
      <div className={classes.gallery}>
        <nav className={classes.sets} aria-label="Sets of scripts">
          {sets.map((one) => (
            <NavLink
              key={one.name}
              component="button"
              active={one.name === chosen?.name}
              aria-current={one.name === chosen?.name}
              label={one.name === fits ? `${one.title} · fits this project` : one.title}
              description={one.slots.includes(slot) ? one.testedAgainst : `does not do ${slot}`}
              onClick={() => setName(one.name)}
            />
          ))}
        </nav>
        <div className={classes.difference}>
          {chosen !== undefined && <About template={chosen} slot={slot} fitted={own?.fitted === true} />}
          {error !== null && <TroubleState trouble={toTrouble(error)} onRetry={retry} />}
          {error === null && after === null && (
            <LoadingState what="Reading the template" onCancel={onClose} />
          )}
          {error === null && after !== null && <Difference before={text} after={after} />}
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {after === text
                ? 'The editor holds this text already.'
                : 'It goes into the editor, not into the file; Undo brings back what is there now.'}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button
                disabled={after === null || after === text || chosen === undefined}
                onClick={() => onUse(after ?? '', chosen?.title ?? '')}
              >
                Put it into the editor
              </Button>
            </Group>
          </Group>
        </div>
      </div>
    </Modal>
  );
}

/** Name of what fits the project and is none of the sets. */
const OWN = '';

/** A text of the project's own, as a set that can be chosen. */
function ownSet(
  starter: { readonly name: string | null; readonly title: string } | undefined,
): ScriptTemplate[] {
  if (starter === undefined || starter.name !== null) return [];
  return [
    {
      name: OWN,
      title: starter.title,
      engine: 'http',
      hashes: ['bcrypt'],
      usernames: true,
      configuration: ['LEGACY_URL', 'LEGACY_API_KEY'],
      slots: ['login', 'get_user'],
      testedAgainst: 'the rehearsal’s own lookup service',
    },
  ];
}

interface AboutProps {
  readonly template: ScriptTemplate;
  readonly slot: Slot;
  /** Table and columns of the project are in it. */
  readonly fitted: boolean;
}

function About({ template, slot, fitted }: AboutProps) {
  const hashes =
    template.hashes.length === 0 ? 'another system checks passwords' : template.hashes.join(', ');
  return (
    <Text size="sm" c="dimmed">
      {template.slots.includes(slot)
        ? `Checks: ${hashes}.`
        : `This set answers ${slot} with an error that says why.`}{' '}
      Reads from configuration: {template.configuration.join(', ') || 'nothing'}. Tested against{' '}
      {template.testedAgainst}.{fitted && ' The table and columns of this project are filled in.'}
    </Text>
  );
}

function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        lineNumbers(),
        javascript(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        editorTheme,
      ],
    });
    const view = new MergeView({
      a: side(before, 'In the editor now'),
      b: side(after, 'Template'),
      parent: host.current,
      highlightChanges: false,
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [before, after]);
  return (
    <div className={classes.merge}>
      <div className={classes.sides} aria-hidden>
        <span>In the editor now</span>
        <span>Template</span>
      </div>
      <div ref={host} className={classes.mergeBody} />
    </div>
  );
}
