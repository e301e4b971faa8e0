import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { HookPoint, TriggerName } from '#domain/pipeline/triggers.ts';
import type { Secret } from '#domain/secret.ts';

/** How much of what comes after the script is run. Rules and Hooks are past their end of life. */
export const PIPELINE_MODES = ['off', 'actions', 'actions+rules'] as const;
export type PipelineMode = (typeof PIPELINE_MODES)[number];

interface Code {
  readonly name: string;
  /** Of the code, relative to the project. */
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly checksum: string;
}

export interface PipelineAction extends Code {
  /** Triggers it says it is made for. */
  readonly triggers: readonly string[];
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
}

export interface PipelineRule extends Code {
  readonly order: number;
  readonly enabled: boolean;
}

export interface PipelineHook extends Code {
  readonly point: HookPoint;
  readonly active: boolean;
  readonly secrets: ReadonlyMap<string, Secret>;
}

/** A tenant's Actions, Rules and Hooks as the project holds them. */
export interface Pipeline {
  readonly actions: ReadonlyMap<string, PipelineAction>;
  /** Names of Actions in the order in which each trigger runs them. */
  readonly bindings: ReadonlyMap<TriggerName, readonly string[]>;
  /** Enabled ones first to last. */
  readonly rules: readonly PipelineRule[];
  /** `configuration` of Rules. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Active ones, one a point. */
  readonly hooks: ReadonlyMap<HookPoint, PipelineHook>;
  readonly problems: readonly Diagnostic[];
}

export const NO_PIPELINE: Pipeline = {
  actions: new Map(),
  bindings: new Map(),
  rules: [],
  configuration: {},
  hooks: new Map(),
  problems: [],
};

export function boundActions(pipeline: Pipeline, trigger: TriggerName): readonly PipelineAction[] {
  return (pipeline.bindings.get(trigger) ?? []).flatMap((name) => pipeline.actions.get(name) ?? []);
}

export const END_OF_LIFE =
  'Rules and Hooks reached their end of life on 2026-11-18: a tenant no longer runs them. A rehearsal does only where it is asked to (--pipeline actions+rules).';
