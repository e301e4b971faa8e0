import { AUDIT_VERSION, type AuditEvent, type AuditRequest } from '#contract/audit.ts';
import { inputsOf } from '#engine/audit/audit-inputs.ts';
import { compareSides } from '#engine/audit/compare-sides.ts';
import { fillSides } from '#engine/audit/fill-sides.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** The legacy store against a trial or an export: progress, people where they are asked for, and the result. */
export async function* runAudit(
  ports: Ports,
  request: AuditRequest,
  outer: AbortSignal | undefined,
): AsyncGenerator<AuditEvent, void, void> {
  const started = ports.clock.ticks();
  const controller = new AbortController();
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  const project = await ports.projects.open(request.project);
  const inputs = inputsOf(request, project);
  const legacy = await ports.openLegacy(project, { forScripts: false });
  let work: AuditWork | null = null;
  try {
    const expected = await legacy.store.count({ signal });
    work = ports.openAuditWork({
      legacyUsers: expected,
      files: request.against.kind === 'export' ? request.against.files : [],
    });
    const generatedAt = new Date(ports.clock.now()).toISOString();
    const everybody = request.filter.states === undefined && request.filter.domain === undefined;
    yield {
      type: 'started',
      header: { audit: AUDIT_VERSION, generatedAt, project: project.settings.name, everybody },
    };
    const filled = yield* fillSides(ports, inputs, legacy.store, work, expected, signal);
    const result = yield* compareSides(ports, inputs, work, filled, signal);
    const milliseconds = Math.round(ports.clock.ticks() - started);
    yield { type: 'result', result: { ...result, generatedAt, milliseconds } };
  } finally {
    controller.abort();
    try {
      await work?.close();
    } finally {
      await legacy.close();
    }
  }
}
