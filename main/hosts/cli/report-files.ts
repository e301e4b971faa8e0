import { join } from 'node:path';
import type { Report } from '#contract/report.ts';
import { UnfinishedFile } from '#hosts/cli/unfinished-file.ts';
import { htmlReport } from '#reporters/html.ts';
import { jsonReport } from '#reporters/json.ts';

/** Writes a file in one step: readers see the old text or the new one. Readable by its owner only. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const file = new UnfinishedFile(path);
  try {
    await file.begin(text);
    await file.keep();
  } catch (error) {
    await file.drop();
    // A failed write does not say which file it was about.
    throw Object.assign(error as Error, { path });
  }
}

/** Puts the report beside the trial it is about; answers the path of the page. */
export async function writeReportFiles(project: string, report: Report): Promise<string> {
  const folder = join(project, 'trials', report.trial.id);
  await writeWhole(join(folder, 'report.json'), jsonReport(report));
  const page = join(folder, 'report.html');
  await writeWhole(page, htmlReport(report));
  return page;
}
