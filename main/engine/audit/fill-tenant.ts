import { keptOfTenant } from '#domain/audit/legacy-person.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import type { Inputs, TenantSide } from '#engine/audit/audit-inputs.ts';
import { fillFromReplica, REPLICA_KNOWLEDGE } from '#engine/audit/sides.ts';
import type { AuditWork, ExportFile } from '#engine/ports/audit-work.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** The tenant's users into the work: those of a trial's replica, or of export files. */
export async function fillTenant(
  ports: Ports,
  { request, project, legacyKnows }: Inputs,
  work: AuditWork,
  report: (done: number, expected: number) => void,
  signal: AbortSignal,
): Promise<TenantSide> {
  const markers = request.markers ?? DEFAULT_MARKERS;
  const { against } = request;
  if (against.kind === 'trial')
    return fillFromTrial(ports, request.project, against.trial, markers, work, report, signal);
  const rules = {
    connection: against.connection ?? project.connection.name,
    markers,
    kept: keptOfTenant(legacyKnows),
  };
  const { files, format = null, columns } = against;
  const summary = await work.readExports({ files, format, columns, rules }, report, signal);
  const sum = (of: (file: ExportFile) => number) => summary.files.reduce((all, file) => all + of(file), 0);
  return {
    files: summary.files,
    broken: summary.broken,
    knowledge: summary.files.map((file) => file.knowledge),
    counts: {
      lines: sum((file) => file.lines),
      users: sum((file) => file.users),
      otherConnections: sum((file) => file.otherConnections),
      broken: sum((file) => file.broken),
      deleted: 0,
    },
  };
}

async function fillFromTrial(
  ports: Ports,
  project: string,
  trial: string,
  markers: typeof DEFAULT_MARKERS,
  work: AuditWork,
  report: (done: number, expected: number) => void,
  signal: AbortSignal,
): Promise<TenantSide> {
  const record = await ports.trialFolders.readRecord(project, trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project, record.id));
  try {
    const expected = replica.accountCount();
    const breathe = () => ports.clock.sleep(0, signal);
    const seen = (done: number) => report(done, Math.max(done, expected));
    const { users, deleted } = await fillFromReplica(replica, markers, work, breathe, seen, signal);
    const counts = { lines: users + deleted, users, otherConnections: 0, broken: 0, deleted };
    return { files: [], broken: [], knowledge: [REPLICA_KNOWLEDGE], counts };
  } finally {
    replica.close();
  }
}
