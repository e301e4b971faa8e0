import type { AuditEvent, AuditRequest } from '#contract/audit.ts';
import type { Filled, Inputs } from '#engine/audit/audit-inputs.ts';
import { fillTenant } from '#engine/audit/fill-tenant.ts';
import { momentOf } from '#engine/audit/listed-person.ts';
import { fillLegacy } from '#engine/audit/sides.ts';
import { untilSettled } from '#engine/audit/until-settled.ts';
import type { AuditWork } from '#engine/ports/audit-work.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';

type Reading = Extract<AuditEvent, { type: 'reading' }>;

/** Both sides at once, with progress now and then. */
export async function* fillSides(
  ports: Ports,
  inputs: Inputs,
  store: LegacyStore,
  work: AuditWork,
  expected: number,
  outer: AbortSignal,
): AsyncGenerator<AuditEvent, Filled, void> {
  const own = new AbortController();
  const controller = { signal: AbortSignal.any([outer, own.signal]), abort: () => own.abort() };
  const reading: Reading = {
    type: 'reading',
    legacy: { done: 0, expected },
    tenant: { done: 0, expected: 0 },
  };
  const { fields } = inputs.project.settings;
  const tasks = [
    fillLegacy(
      ports.clock,
      store,
      fields,
      work,
      (done) => (reading.legacy = { done, expected: Math.max(done, expected) }),
      controller.signal,
    ),
    fillTenant(
      ports,
      inputs,
      work,
      (done, all) => (reading.tenant = { done, expected: all }),
      controller.signal,
    ),
    earlierDate(inputs.request, work, controller.signal),
  ] as const;
  const all = Promise.all(tasks);
  try {
    for await (const _turn of untilSettled(ports.clock, all, controller.signal))
      yield structuredClone(reading);
    const [legacy, tenant, since] = await all;
    yield reading;
    return { legacy, tenant, since };
  } finally {
    // What still runs after a failure must be over before its files go.
    controller.abort();
    await Promise.allSettled(tasks);
  }
}

async function earlierDate(
  { since }: AuditRequest,
  work: AuditWork,
  signal: AbortSignal,
): Promise<string | null> {
  if (since === undefined) return null;
  return since.kind === 'date'
    ? momentOf(since.date)
    : (await work.readEarlier(since.file, signal)).generatedAt;
}
