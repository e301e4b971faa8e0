import { implement } from '@orpc/server';
import { contract } from '#contract/api.ts';
import { CONTRACT_HASH } from '#contract/contract-version.ts';
import type { FormatsEvent, SearchEvent } from '#contract/passwords.ts';
import { ASSUMPTIONS } from '#domain/assumptions.ts';
import { CATALOG, catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';
import { FLOW_NAMES, STORY_NAMES, type StoryName, storyOf } from '#domain/migration/stories.ts';
import { asReply, withReplies } from '#engine/dispatch.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { runFlow } from '#engine/flows/run-flow.ts';
import { importJobs } from '#engine/jobs/import-jobs.ts';
import { jobRejects } from '#engine/jobs/job-rejects.ts';
import { jobErrors, listJobs, showJob } from '#engine/jobs/read-jobs.ts';
import { createExport } from '#engine/exports/create-export.ts';
import { verifyExport } from '#engine/exports/verify-export.ts';
import { inspectLegacy } from '#engine/legacy/inspect-legacy.ts';
import { markScripts } from '#engine/audit/mark-scripts.ts';
import { runAudit } from '#engine/audit/run-audit.ts';
import { hashFormats } from '#engine/passwords/hash-formats.ts';
import { searchHash } from '#engine/passwords/search-hash.ts';
import { streamed } from '#engine/passwords/streamed.ts';
import { checkProject } from '#engine/projects/check-project.ts';
import { reportOfTrial } from '#engine/report/report-of-trial.ts';
import { lintScripts } from '#engine/scripts/lint-scripts.ts';
import { tryScript } from '#engine/scripts/try-script.ts';
import { compareTrials } from '#engine/trials/compare-trials.ts';
import { costOfTrial } from '#engine/trials/cost.ts';
import { trialUsers } from '#engine/trials/trial-users.ts';
import { TrialsDesk } from '#engine/trials/trials-desk.ts';

/** Told about mistakes of ours: a reference for people, the cause for a local crash note. */
export type NoteBug = (reference: string, cause: unknown) => void;

/** Builds the whole API over its ports. `close` cancels what runs and waits for it. */
export function createEngine(ports: Ports, noteBug: NoteBug) {
  const desk = new TrialsDesk(ports, (cause) => noteBug('trial', cause));
  const api = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (trouble) {
      throw asReply(trouble, noteBug);
    }
  });
  const router = api.router({
    projects: {
      init: api.projects.init.handler(async ({ input }) => mutable(await ports.initProject(input))),
      check: api.projects.check.handler(({ input }) => checkProject(ports, input.project)),
    },
    legacy: {
      inspect: api.legacy.inspect.handler(({ input, signal }) => inspectLegacy(ports, input, signal)),
      adopt: api.legacy.adopt.handler(async ({ input }) => ({
        file: await ports.editSettings(input.project, input.changes),
        changed: input.changes.length,
      })),
    },
    passwords: {
      search: api.passwords.search.handler(async function* ({ input, signal }) {
        const events = streamed<SearchEvent>(
          (report, stop) => searchHash(ports, input, report, stop),
          signal,
        );
        yield* withReplies(events, noteBug);
      }),
      formats: api.passwords.formats.handler(async function* ({ input, signal }) {
        const events = streamed<FormatsEvent>(
          (report, stop) => hashFormats(ports, input.project, report, stop),
          signal,
        );
        yield* withReplies(events, noteBug);
      }),
    },
    scripts: {
      try: api.scripts.try.handler(({ input }) => tryScript(ports, input)),
      lint: api.scripts.lint.handler(async ({ input }) => mutable(await lintScripts(ports, input))),
    },
    trials: {
      cost: api.trials.cost.handler(({ input }) => costOfTrial(ports, input)),
      start: api.trials.start.handler(({ input }) => desk.start(input)),
      resume: api.trials.resume.handler(({ input }) => desk.resume(input.project, input.trial)),
      watch: api.trials.watch.handler(async function* ({ input, signal }) {
        yield* withReplies(desk.watch(input.project, input.trial, signal), noteBug);
      }),
      cancel: api.trials.cancel.handler(async ({ input }) => ({ stopped: await desk.cancel(input.trial) })),
      list: api.trials.list.handler(async ({ input }) => [...(await desk.list(input.project))]),
      show: api.trials.show.handler(({ input }) => desk.show(input.project, input.trial)),
      remove: api.trials.remove.handler(async ({ input }) => {
        await desk.remove(input.project, input.trial);
        return { removed: true };
      }),
      compare: api.trials.compare.handler(({ input }) => compareTrials(ports, input)),
      users: api.trials.users.handler(({ input }) => trialUsers(ports, input)),
      report: api.trials.report.handler(async ({ input }) => reportOfTrial(ports, desk, input)),
    },
    jobs: {
      import: api.jobs.import.handler(({ input }) => importJobs(ports, input)),
      list: api.jobs.list.handler(({ input }) => listJobs(ports, input)),
      show: api.jobs.show.handler(({ input }) => showJob(ports, input)),
      errors: api.jobs.errors.handler(({ input }) => jobErrors(ports, input)),
      rejects: api.jobs.rejects.handler(({ input }) => jobRejects(ports, input)),
    },
    flows: {
      list: api.flows.list.handler(() => ({
        flows: FLOW_NAMES.map(described),
        stories: STORY_NAMES.map(described),
      })),
      run: api.flows.run.handler(({ input }) => runFlow(ports, input)),
    },
    exports: {
      create: api.exports.create.handler(({ input }) => createExport(ports, desk, input)),
      verify: api.exports.verify.handler(({ input }) => verifyExport(ports, input.folder, input.key)),
    },
    audit: {
      run: api.audit.run.handler(async function* ({ input, signal }) {
        yield* withReplies(runAudit(ports, input, signal), noteBug);
      }),
      mark: api.audit.mark.handler(({ input }) => markScripts(ports, input)),
    },
    reference: {
      explain: api.reference.explain.handler(({ input }) => {
        const entry = catalogEntry(input.code);
        return entry === null ? null : { code: input.code, ...entry };
      }),
      codes: api.reference.codes.handler(() =>
        Object.entries<CatalogEntry>(CATALOG).map(([code, entry]) => ({ code, ...entry })),
      ),
      assumptions: api.reference.assumptions.handler(() =>
        ASSUMPTIONS.map((one) => ({ ...one, options: one.options.map((option) => ({ ...option })) })),
      ),
      modules: api.reference.modules.handler(() => ports.scriptModules().map((one) => mutable(one))),
      versions: api.reference.versions.handler(() => ({ ...ports.versions, contract: CONTRACT_HASH })),
    },
  });
  return { router, close: () => desk.close() };
}

function described(name: StoryName) {
  const { title, meaning } = storyOf(name);
  return { name, title, meaning };
}

export type Engine = ReturnType<typeof createEngine>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Replies are fresh copies; the contract's types do not say readonly. */
function mutable<T extends object>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}
