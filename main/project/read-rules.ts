import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { PipelineHook, PipelineRule } from '#domain/pipeline/pipeline.ts';
import { type HookPoint, hookPoint, HOOK_POINTS } from '#domain/pipeline/triggers.ts';
import { didYouMean } from '#project/did-you-mean.ts';
import type { JsonPath, JsonText } from '#project/json-text.ts';
import { checkRule, moduleFacts } from '#project/pipeline-code.ts';
import {
  jsonFilesOf,
  MAX_CODE_BYTES,
  type PipelineReading,
  readCode,
  readPipelineFile,
  readPipelineSecrets,
} from '#project/pipeline-files.ts';
import { hookFileSchema, ruleFileSchema, rulesConfigFileSchema } from '#project/pipeline-schema.ts';
import { fillPlaceholders } from '#project/placeholders.ts';

/** Enabled Rules, first to last. */
export async function readRules(reading: PipelineReading): Promise<readonly PipelineRule[]> {
  const rules: PipelineRule[] = [];
  for (const file of (await jsonFilesOf(reading.project, 'rules')) ?? []) {
    const read = await readPipelineFile(reading, file, ruleFileSchema);
    if (read === null) continue;
    const { json, value } = read;
    const code = await readCode(reading, json, { folder: 'rules', key: 'script', source: value.script });
    if (code === null) continue;
    const enabled = value.enabled !== false;
    if (value.stage !== undefined && value.stage !== 'login_success') {
      add(reading, 'pipeline.rule-stage', `Rule "${value.name}" has the stage ${value.stage}.`, json, [
        'stage',
      ]);
      continue;
    }
    if (rules.some(({ name }) => name === value.name))
      add(reading, 'pipeline.name-taken', `Two Rules have the name "${value.name}".`, json, ['name']);
    if (enabled) checkRule(reading, code);
    rules.push({ name: value.name, ...code, order: value.order ?? 0, enabled });
  }
  const active = rules.filter(({ enabled }) => enabled).toSorted((one, other) => one.order - other.order);
  const bytes = active.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_CODE_BYTES) {
    const message = `All Rules together have ${Math.ceil(bytes / 1024)} KB; a tenant takes 100 KB.`;
    reading.problems.push(
      diagnostic('pipeline.code-too-large', message, { place: { kind: 'file', path: 'rules' } }),
    );
  }
  return active;
}

/** `configuration` of Rules: one file a key. */
export async function readRulesConfigs(reading: PipelineReading): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const file of (await jsonFilesOf(reading.project, 'rules-configs')) ?? []) {
    const read = await readPipelineFile(reading, file, rulesConfigFileSchema);
    if (read === null) continue;
    const { key, value } = read.value;
    const { text, missing } = fillPlaceholders(value, (name) => reading.secrets.get(name), 'parsed');
    for (const name of missing) {
      const message = `"${key}" of the Rules' configuration needs ${name}, which nobody gave a value.`;
      add(reading, 'pipeline.secret-missing', message, read.json, ['value']);
    }
    if (missing.length === 0) values[key] = text;
  }
  return values;
}

const HOOK_NAME = /^[a-zA-Z0-9](?:[ \-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** Active Hooks, one a point. */
export async function readHooks(reading: PipelineReading): Promise<ReadonlyMap<HookPoint, PipelineHook>> {
  const hooks = new Map<HookPoint, PipelineHook>();
  for (const file of (await jsonFilesOf(reading.project, 'hooks')) ?? []) {
    const read = await readPipelineFile(reading, file, hookFileSchema);
    if (read === null) continue;
    const { json, value } = read;
    const owner = `Hook "${value.name}"`;
    if (!HOOK_NAME.test(value.name))
      add(reading, 'pipeline.hook-name', `${owner} has a name that no Hook may have.`, json, ['name']);
    const point = hookPoint(value.triggerId);
    if (point === null) {
      reportPoint(reading, json, value.triggerId);
      continue;
    }
    const code = await readCode(reading, json, { folder: 'hooks', key: 'script', source: value.script });
    if (code === null) continue;
    moduleFacts(reading, code);
    const secrets = readPipelineSecrets(reading, json, value.secrets ?? {}, owner);
    const active = (value.enabled ?? value.active) === true;
    if (!active) continue;
    if (hooks.has(point)) {
      const message = `${owner} and Hook "${hooks.get(point)!.name}" are both enabled for ${point}.`;
      add(reading, 'pipeline.hook-several', message, json, ['triggerId']);
    } else hooks.set(point, { name: value.name, ...code, point, active, secrets });
  }
  return hooks;
}

function reportPoint(reading: PipelineReading, json: JsonText, trigger: string): void {
  if (trigger === 'send-phone-message')
    add(
      reading,
      'pipeline.trigger-not-rehearsed',
      'A Hook for send-phone-message is not reached here.',
      json,
      ['triggerId'],
    );
  else
    add(
      reading,
      'pipeline.trigger-unknown',
      `There is no point "${trigger}" for Hooks.${didYouMean(trigger, HOOK_POINTS)}`,
      json,
      ['triggerId'],
    );
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
