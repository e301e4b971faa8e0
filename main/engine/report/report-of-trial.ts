import type { Report, ReportFormat } from '#contract/report.ts';
import { buildReport } from '#engine/report/build-report.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { TrialsDesk } from '#engine/trials/trials-desk.ts';

export interface ReportRequest {
  readonly project: string;
  readonly trial: string;
  readonly personalData: boolean;
  readonly allow: number;
}

/** The report of a trial as it stands, running or not. */
export async function reportOfTrial(ports: Ports, desk: TrialsDesk, request: ReportRequest): Promise<Report> {
  const record = await desk.show(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  try {
    return buildReport(record, replica, {
      generatedAtMs: ports.clock.now(),
      personalData: request.personalData,
      allow: request.allow,
    });
  } finally {
    replica.close();
  }
}

export interface RenderRequest {
  readonly project: string;
  readonly trial: string;
  readonly format: ReportFormat;
  readonly personalData: boolean;
}

/** The report as a file: its name, what it is, its text. */
export async function renderedReport(
  ports: Ports,
  desk: TrialsDesk,
  { format, ...request }: RenderRequest,
): Promise<{ fileName: string; mediaType: string; text: string }> {
  const report = await reportOfTrial(ports, desk, { ...request, allow: 0 });
  const { extension, mediaType, text } = ports.renderReport(report, format);
  return { fileName: `userferry-${report.trial.id}.${extension}`, mediaType, text };
}
