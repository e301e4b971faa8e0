import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { PipelineAction } from '#domain/pipeline/pipeline.ts';
import {
  isTrigger,
  OTHER_TRIGGERS,
  TRIGGER_NAMES,
  type TriggerName,
  TRIGGERS,
} from '#domain/pipeline/triggers.ts';
import { didYouMean } from '#project/did-you-mean.ts';
import type { JsonPath, JsonText } from '#project/json-text.ts';
import { checkRequires, moduleFacts } from '#project/pipeline-code.ts';
import {
  jsonFilesOf,
  type PipelineReading,
  readCode,
  readPipelineFile,
  readPipelineSecrets,
} from '#project/pipeline-files.ts';
import { actionFileSchema, triggersFileSchema } from '#project/pipeline-schema.ts';

const MOST_ACTIONS = 100;
const MOST_DEPENDENCIES = 10;

interface ReadAction extends PipelineAction {
  readonly json: JsonText;
  /** What the code exports; null where the text does not show it. */
  readonly exported: ReadonlySet<string> | null;
}

export interface ReadActions {
  readonly actions: ReadonlyMap<string, PipelineAction>;
  readonly bindings: ReadonlyMap<TriggerName, readonly string[]>;
}

/** `actions/` and the order of `triggers/triggers.json`. */
export async function readActions(reading: PipelineReading): Promise<ReadActions> {
  const files = (await jsonFilesOf(reading.project, 'actions')) ?? [];
  const actions = new Map<string, ReadAction>();
  for (const file of files) {
    const action = await readAction(reading, file);
    if (action === null) continue;
    if (actions.has(action.name)) {
      const message = `${file} has the name "${action.name}", which another Action has already.`;
      add(reading, 'pipeline.name-taken', message, action.json, ['name']);
    } else actions.set(action.name, action);
  }
  if (actions.size > MOST_ACTIONS) {
    const message = `The project has ${actions.size} Actions; a tenant takes ${MOST_ACTIONS}.`;
    reading.problems.push(
      diagnostic('pipeline.limit-exceeded', message, { place: { kind: 'file', path: 'actions' } }),
    );
  }
  const bindings = await readBindings(reading, actions);
  reportUnbound(reading, actions, bindings);
  return { actions, bindings };
}

async function readAction(reading: PipelineReading, file: string): Promise<ReadAction | null> {
  const read = await readPipelineFile(reading, file, actionFileSchema);
  if (read === null) return null;
  const { json, value } = read;
  const code = await readCode(reading, json, { folder: '.', key: 'code', source: value.code });
  const owner = `Action "${value.name}"`;
  const secrets = readPipelineSecrets(reading, json, value.secrets ?? [], owner);
  const dependencies = (value.dependencies ?? []).map(({ name, version }) => ({
    name,
    version: version ?? 'latest',
  }));
  if (dependencies.length > MOST_DEPENDENCIES) {
    const message = `${owner} has ${dependencies.length} dependencies; a tenant takes ${MOST_DEPENDENCIES}.`;
    add(reading, 'pipeline.limit-exceeded', message, json, ['dependencies']);
  }
  if (code === null) return null;
  const facts = moduleFacts(reading, code);
  if (facts !== null) checkRequires(reading, code, facts, dependencies);
  const triggers = (value.supported_triggers ?? []).map(({ id }) => id);
  return {
    name: value.name,
    ...code,
    triggers,
    secrets,
    dependencies,
    json,
    exported: facts?.exported ?? null,
  };
}

async function readBindings(
  reading: PipelineReading,
  actions: ReadonlyMap<string, ReadAction>,
): Promise<ReadonlyMap<TriggerName, readonly string[]>> {
  const bindings = new Map<TriggerName, readonly string[]>();
  const [file] = (await jsonFilesOf(reading.project, 'triggers')) ?? [];
  const read = file === undefined ? null : await readPipelineFile(reading, file, triggersFileSchema);
  if (read === null) return bindings;
  const { json, value } = read;
  for (const [trigger, entries] of Object.entries(value)) {
    if (!isTrigger(trigger)) {
      if (entries.length > 0) reportTrigger(reading, json, trigger);
      continue;
    }
    const bound = entries.map(({ action_name: name }, index) => {
      checkBinding(reading, json, trigger, name, index, actions.get(name), [...actions.keys()]);
      return name;
    });
    const { mostActions } = TRIGGERS[trigger];
    if (bound.length > mostActions) {
      const message = `${trigger} binds ${bound.length} Actions; a tenant takes ${mostActions}.`;
      add(reading, 'pipeline.limit-exceeded', message, json, [trigger]);
    }
    if (bound.length > 0) bindings.set(trigger, bound);
  }
  return bindings;
}

function reportTrigger(reading: PipelineReading, json: JsonText, trigger: string): void {
  if (OTHER_TRIGGERS.has(trigger)) {
    add(
      reading,
      'pipeline.trigger-not-rehearsed',
      `${trigger} has Actions, and no flow here reaches it.`,
      json,
      [trigger],
    );
    return;
  }
  const hint = didYouMean(trigger, TRIGGER_NAMES);
  reading.problems.push(
    diagnostic('pipeline.trigger-unknown', `There is no trigger "${trigger}".${hint}`, {
      place: json.keyPlace([trigger]),
    }),
  );
}

function checkBinding(
  reading: PipelineReading,
  json: JsonText,
  trigger: TriggerName,
  name: string,
  index: number,
  action: ReadAction | undefined,
  known: readonly string[],
): void {
  const path = [trigger, index, 'action_name'];
  if (action === undefined) {
    const message = `${trigger} binds "${name}", and there is no Action of this name.${didYouMean(name, known)}`;
    add(reading, 'pipeline.action-unknown', message, json, path);
    return;
  }
  if (action.triggers.length > 0 && !action.triggers.includes(trigger)) {
    const message = `${trigger} binds "${name}", which is made for ${action.triggers.join(', ')}.`;
    add(reading, 'pipeline.action-wrong-trigger', message, json, path);
  }
  const { handler } = TRIGGERS[trigger];
  if (action.exported === null || action.exported.has(handler)) return;
  const message = `${action.path} does not export ${handler}, which ${trigger} calls.${didYouMean(handler, [...action.exported])}`;
  reading.problems.push(
    diagnostic('pipeline.handler-missing', message, { place: { kind: 'file', path: action.path } }),
  );
}

function reportUnbound(
  reading: PipelineReading,
  actions: ReadonlyMap<string, ReadAction>,
  bindings: ReadonlyMap<TriggerName, readonly string[]>,
): void {
  const bound = new Set([...bindings.values()].flat());
  for (const [name, { json, triggers }] of actions) {
    if (bound.has(name) || triggers.some((trigger) => OTHER_TRIGGERS.has(trigger))) continue;
    add(reading, 'pipeline.action-unbound', `No trigger runs Action "${name}".`, json, ['name']);
  }
}

function add(
  reading: PipelineReading,
  code: DiagnosticCode,
  message: string,
  json: JsonText,
  path: JsonPath,
): void {
  reading.problems.push(diagnostic(code, message, { place: json.place(path) }));
}
