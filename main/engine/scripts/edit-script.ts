import type { Completion, TypeMark } from '#contract/editor.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { EditedScript } from '#engine/ports/script-language.ts';

interface Draft {
  readonly project: string;
  readonly slot: Slot;
  readonly text: string;
}

interface Place extends Draft {
  readonly at: number;
}

const never = (): AbortSignal => new AbortController().signal;

export async function completeScript(ports: Ports, { at, ...draft }: Place, signal = never()) {
  const script = await edited(ports, draft);
  const { by, from, completions, more } = await ports.language.complete(script, within(at, draft), signal);
  return { by, from, completions: completions.map((one): Completion => ({ ...one })), more };
}

export async function hoverScript(ports: Ports, { at, ...draft }: Place, signal = never()) {
  const reply = await ports.language.hover(await edited(ports, draft), within(at, draft), signal);
  return reply === null ? null : { ...reply };
}

export async function typecheckScript(ports: Ports, draft: Draft, signal = never()) {
  const { by, marks } = await ports.language.typecheck(await edited(ports, draft), signal);
  return { by, marks: marks.map((one): TypeMark => ({ ...one })) };
}

function within(at: number, { text }: Draft): number {
  return Math.min(at, text.length);
}

async function edited(ports: Ports, { project: folder, slot, text }: Draft): Promise<EditedScript> {
  const project = await ports.projects.open(folder);
  return {
    slot,
    text,
    withContext: project.connection.enableScriptContext && slot !== 'change_email',
    configurationNames: project.configurationNames ?? Object.keys(project.configuration),
  };
}
