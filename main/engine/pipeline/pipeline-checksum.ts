import { boundActions, type Pipeline, type PipelineMode } from '#domain/pipeline/pipeline.ts';
import { TRIGGER_NAMES } from '#domain/pipeline/triggers.ts';
import type { Identity } from '#engine/ports/ports.ts';

/** Of everything that decides what the pipeline does, secrets aside: code, order and configuration. */
export function pipelineChecksum(pipeline: Pipeline, mode: PipelineMode, identity: Identity): string {
  const actions = TRIGGER_NAMES.map((trigger) => [
    trigger,
    boundActions(pipeline, trigger).map(({ name, checksum }) => [name, checksum]),
  ]);
  const old =
    mode === 'actions'
      ? []
      : [
          pipeline.rules.map(({ name, checksum }) => [name, checksum]),
          [...pipeline.hooks.values()].map(({ name, point, checksum }) => [name, point, checksum]),
          Object.keys(pipeline.configuration),
        ];
  return identity.checksum(JSON.stringify([actions, old]));
}
