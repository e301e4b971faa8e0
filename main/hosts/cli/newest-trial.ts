import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

/** The trial that was named, else the newest one that can be read. */
export async function trialNamed(session: Session, trial: string | undefined): Promise<string> {
  if (trial !== undefined) return trial;
  const client = await session.client();
  const listed = await client.trials.list({ project: session.project });
  const newest = listed.find((one) => one.kind === 'trial');
  if (newest !== undefined) return newest.record.id;
  throw new UsageError(
    'the project has no trial to report on',
    'Start one, for example: userferry trial lazy --depth profiles',
  );
}
