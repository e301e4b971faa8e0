import { VisuallyHidden } from '@mantine/core';
import { type RefObject, useId, useRef, useState } from 'react';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Split } from '#renderer/components/split.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { type EditorHandle, ScriptEditor } from '#renderer/features/scripts/editor/script-editor.tsx';
import { EditorBar } from '#renderer/features/scripts/editor-bar.tsx';
import { NoScript } from '#renderer/features/scripts/no-script.tsx';
import { Problems } from '#renderer/features/scripts/problems.tsx';
import { SaveTrouble } from '#renderer/features/scripts/save-trouble.tsx';
import classes from '#renderer/features/scripts/scripts.module.css';
import { TemplateGallery } from '#renderer/features/scripts/template-gallery.tsx';
import { TryPanel } from '#renderer/features/scripts/try/try-panel.tsx';
import { useTry } from '#renderer/features/scripts/try/use-try.ts';
import { useProblems } from '#renderer/features/scripts/use-problems.ts';
import { useScript } from '#renderer/features/scripts/use-script.ts';
import { useScriptCommands } from '#renderer/features/scripts/use-script-commands.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import type { Slot } from '#renderer/stores/tries.ts';

/** Editor on the left, one user on the right. */
export function ScriptWorkbench({ slot }: { readonly slot: Slot }) {
  const { folder, slots } = useProject();
  const script = useScript(slot);
  const trying = useTry(slot, script.text);
  const editor = useRef<EditorHandle>(null);
  const [gallery, setGallery] = useState(false);
  const openGallery = (): void => setGallery(true);
  useScriptCommands({ slot, script, trying, editor, openGallery });
  if (script.file.isError) {
    return <TroubleState trouble={toTrouble(script.file.error)} onRetry={() => void script.file.refetch()} />;
  }
  if (script.file.data === undefined) {
    return <LoadingState what={`Reading ${slot}`} onCancel={() => window.history.back()} />;
  }
  const empty = script.file.data.text === null && script.text === '';
  return (
    <>
      <Split
        id="scripts"
        label="Width of the editor"
        share={0.56}
        first={
          <>
            <EditorBar
              file={script.file.data.file}
              folder={folder}
              text={script.text}
              dirty={script.dirty}
              saving={script.saving}
              onSave={script.save}
              onRevert={script.revert}
              onTemplate={openGallery}
            />
            {(script.saveError !== null || script.movedOn) && (
              <SaveTrouble error={script.saveError} onOverwrite={script.overwrite} onReread={script.revert} />
            )}
            {empty ? (
              <NoScript
                slot={slot}
                missing={slots.some((one) => one.slot === slot && one.state === 'missing')}
                onTemplate={openGallery}
                onWrite={script.edit}
              />
            ) : (
              <EditedScript slot={slot} text={script.text} onChange={script.edit} editor={editor} />
            )}
          </>
        }
        second={
          <TryPanel
            slot={slot}
            trying={trying}
            nothing={empty}
            onGoTo={(line, column) => editor.current?.goTo(line, column)}
          />
        }
      />
      <TemplateGallery
        opened={gallery}
        slot={slot}
        text={script.text}
        onClose={() => setGallery(false)}
        onUse={(text, title) => {
          setGallery(false);
          script.replace(text, `${slot} is the text of “${title}” now, not saved yet.`);
        }}
      />
    </>
  );
}

interface EditedScriptProps {
  readonly slot: Slot;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly editor: RefObject<EditorHandle | null>;
}

/** The editor with what is wrong with its text under it. */
function EditedScript({ slot, text, onChange, editor }: EditedScriptProps) {
  const client = useClient();
  const { folder } = useProject();
  const problems = useProblems(slot, text);
  const hint = useId();
  const place = { project: folder, slot } as const;
  return (
    <>
      <VisuallyHidden id={hint}>
        Tab indents. To leave the editor with the keyboard press Escape, then Tab. Control or Command with
        Space asks for completions, F8 goes to the next problem.
      </VisuallyHidden>
      <div className={classes.editor}>
        <ScriptEditor
          ref={editor}
          label={`Script ${slot}`}
          describedBy={hint}
          text={text}
          marked={problems.marked}
          language={{
            complete: (typed, at, signal) =>
              client.editor.complete({ ...place, text: typed, at }, { signal }),
            hover: (typed, at) => client.editor.hover({ ...place, text: typed, at }),
          }}
          onChange={onChange}
        />
      </div>
      <Problems problems={problems} onGoTo={(line, column) => editor.current?.goTo(line, column)} />
    </>
  );
}
