import { createRouterClient } from '@orpc/server';
import type { Report } from '#contract/report.ts';
import type { TrialRequest } from '#engine/trials/new-record.ts';
import { compose, type ComposeOptions } from '#hosts/compose.ts';

/** The engine in this process, through the same calls as every host. Mistakes of ours fail the test. */
export function startEngine(options: Omit<ComposeOptions, 'noteBug'> = {}) {
  const bugs: unknown[] = [];
  const engine = compose({ ...options, noteBug: (_reference, cause) => bugs.push(cause) });
  const client = createRouterClient(engine.router, { context: {} });
  return {
    client,
    bugs,
    /** Runs a trial to its end and reads its report. */
    async trial(request: Partial<TrialRequest> & Pick<TrialRequest, 'project' | 'kind'>): Promise<Report> {
      const { id } = await client.trials.start(request);
      const { project } = request;
      for await (const progress of await client.trials.watch({ project, trial: id })) void progress;
      if (bugs.length > 0) throw bugs[0];
      const { fault } = await client.trials.show({ project, trial: id });
      if (fault !== null) throw new Error(`the trial ended with a fault: ${JSON.stringify(fault)}`);
      return client.trials.report({ project, trial: id });
    },
    close: () => engine.close(),
  };
}
