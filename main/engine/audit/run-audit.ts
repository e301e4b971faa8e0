import { AUDIT_VERSION, type AuditEvent, type AuditRequest, type AuditResult } from '#contract/audit.ts';
import type { AuditDesk, ReadSides } from '#engine/audit/audit-desk.ts';
import { inputsOf, type Inputs } from '#engine/audit/audit-inputs.ts';
import { compareSides } from '#engine/audit/compare-sides.ts';
import { fillSides } from '#engine/audit/fill-sides.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** The legacy store against a trial or an export: progress, people where they are asked for, and the result. */
export async function* runAudit(
  ports: Ports,
  desk: AuditDesk,
  request: AuditRequest,
  outer: AbortSignal | undefined,
): AsyncGenerator<AuditEvent, void, void> {
  const started = ports.clock.ticks();
  const controller = new AbortController();
  const signal = outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]);
  const project = await ports.projects.open(request.project);
  const inputs = inputsOf(request, project);
  const asked = askedOf(inputs);
  let sides = request.sides === 'kept' ? desk.take(project.folder, asked) : null;
  try {
    const generatedAt = sides?.generatedAt ?? new Date(ports.clock.now()).toISOString();
    const everybody = request.filter.states === undefined && request.filter.domain === undefined;
    yield {
      type: 'started',
      header: { audit: AUDIT_VERSION, generatedAt, project: project.settings.name, everybody },
    };
    sides ??= yield* readSides(ports, inputs, generatedAt, signal);
    const { changes, ...result } = yield* compareSides(ports, inputs, sides, signal);
    sides = { ...sides, changes };
    const milliseconds = Math.round(ports.clock.ticks() - started);
    yield { type: 'result', result: { ...result, changes, generatedAt, milliseconds } satisfies AuditResult };
  } finally {
    controller.abort();
    if (sides !== null) await putAway(desk, request, project.folder, asked, sides);
  }
}

/** What was read answers all questions that differ only in whom they list, and how. */
function askedOf({ request, project, rules }: Inputs): string {
  const { filter: _filter, list: _list, listAs: _as, values: _values, ...rest } = request;
  const { sides: _sides, allow: _allow, personalData, ...asked } = rest;
  // What is new is told once, with addresses or without.
  const told = asked.since !== undefined && personalData;
  return JSON.stringify([asked, told, rules, project.settings, project.connection.name]);
}

async function putAway(
  desk: AuditDesk,
  { sides: wanted }: AuditRequest,
  folder: string,
  asked: string,
  sides: ReadSides,
): Promise<void> {
  // A comparison with an earlier list notes everybody once: given up half-way, it cannot begin again.
  const whole = sides.changes !== undefined;
  if (wanted === 'read' || !whole) await sides.work.close();
  else await desk.keep(folder, asked, sides);
}

async function* readSides(
  ports: Ports,
  inputs: Inputs,
  generatedAt: string,
  signal: AbortSignal,
): AsyncGenerator<AuditEvent, ReadSides, void> {
  const { request, project } = inputs;
  const legacy = await ports.openLegacy(project, { forScripts: false });
  let work: AuditWork | null = null;
  try {
    const expected = await legacy.store.count({ signal });
    work = ports.openAuditWork({
      legacyUsers: expected,
      files: request.against.kind === 'export' ? request.against.files : [],
    });
    const filled = yield* fillSides(ports, inputs, legacy.store, work, expected, signal);
    const sides = { work, filled, generatedAt, changes: undefined };
    // From here on they are whoever called's to close.
    work = null;
    return sides;
  } finally {
    try {
      await work?.close();
    } finally {
      await legacy.close();
    }
  }
}
