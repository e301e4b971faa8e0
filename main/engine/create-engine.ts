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
import type { SecretList } from '#engine/ports/workbench.ts';
import { runFlow } from '#engine/flows/run-flow.ts';
import { importJobs } from '#engine/jobs/import-jobs.ts';
import { jobRejects } from '#engine/jobs/job-rejects.ts';
import { jobErrors, listJobs, showJob } from '#engine/jobs/read-jobs.ts';
import { coverageUsers, everyCoverageUser } from '#engine/coverage/coverage-users.ts';
import { showCoverage } from '#engine/coverage/show-coverage.ts';
import { createExport } from '#engine/exports/create-export.ts';
import { listExports } from '#engine/exports/made-exports.ts';
import { verifyExport } from '#engine/exports/verify-export.ts';
import { inspectLegacy } from '#engine/legacy/inspect-legacy.ts';
import { LegacyDesk } from '#engine/legacy/legacy-desk.ts';
import { legacyUsers } from '#engine/legacy/legacy-users.ts';
import { previewMapping } from '#engine/legacy/preview-mapping.ts';
import { legacySchema, testLegacy } from '#engine/legacy/test-legacy.ts';
import { markScripts } from '#engine/audit/mark-scripts.ts';
import { auditAsText } from '#engine/audit/list-as-text.ts';
import { AuditDesk } from '#engine/audit/audit-desk.ts';
import { runAudit } from '#engine/audit/run-audit.ts';
import { hashFormats } from '#engine/passwords/hash-formats.ts';
import { searchHash } from '#engine/passwords/search-hash.ts';
import { streamed } from '#engine/passwords/streamed.ts';
import { browseFiles } from '#engine/projects/browse-files.ts';
import { planAsText } from '#engine/plan/list-as-text.ts';
import { makePlan } from '#engine/plan/make-plan.ts';
import { renderedPlan } from '#engine/plan/rendered-plan.ts';
import { checkProject } from '#engine/projects/check-project.ts';
import { openProject } from '#engine/projects/open-project.ts';
import { forgetProject, recentProjects, rememberProject } from '#engine/projects/recent-projects.ts';
import { renderedReport, reportOfTrial } from '#engine/report/report-of-trial.ts';
import { completeScript, hoverScript, typecheckScript } from '#engine/scripts/edit-script.ts';
import { lintScripts } from '#engine/scripts/lint-scripts.ts';
import { runOneTrigger } from '#engine/pipeline/run-one-trigger.ts';
import { showPipeline } from '#engine/pipeline/show-pipeline.ts';
import { starterOf } from '#engine/scripts/starter-script.ts';
import { tryScript } from '#engine/scripts/try-script.ts';
import { changedUsers, compareTrials } from '#engine/trials/compare-trials.ts';
import { tracePerson } from '#engine/traces/trace-person.ts';
import { costOfTrial } from '#engine/trials/cost.ts';
import { OutcomeDesk } from '#engine/trials/outcome-desk.ts';
import { everyTrialUser, trialUsers } from '#engine/trials/trial-users.ts';
import { TrialsDesk } from '#engine/trials/trials-desk.ts';

/** Told about mistakes of ours: a reference for people, the cause for a local crash note. */
export type NoteBug = (reference: string, cause: unknown) => void;

/** Builds the whole API over its ports. `running` counts live trials; `close` cancels what runs and waits for it. */
export function createEngine(ports: Ports, noteBug: NoteBug) {
  const { workbench } = ports;
  const looks = new LegacyDesk(ports, (cause) => noteBug('legacy', cause));
  const outcomes = new OutcomeDesk(ports, (cause) => noteBug('outcomes', cause));
  const audits = new AuditDesk(ports.clock, (cause) => noteBug('audit', cause));
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
      open: api.projects.open.handler(({ input }) => openProject(ports, desk, input.folder)),
      recent: api.projects.recent.handler(() => recentProjects(ports)),
      remember: api.projects.remember.handler(({ input }) => rememberProject(ports, input.folder)),
      forget: api.projects.forget.handler(({ input }) => forgetProject(ports, input.folder)),
    },
    files: {
      browse: api.files.browse.handler(({ input }) => browseFiles(ports, input)),
      make: api.files.make.handler(async ({ input }) => ({
        folder: await workbench.folders.make(input.parent, input.name),
      })),
    },
    settings: {
      read: api.settings.read.handler(async ({ input }) =>
        mutable(await workbench.settings.read(input.project)),
      ),
      save: api.settings.save.handler(async ({ input }) =>
        mutable(await workbench.settings.save(input.project, input.text, input.checksum)),
      ),
      change: api.settings.change.handler(async ({ input }) =>
        mutable(await workbench.settings.change(input.project, input.changes, input.checksum ?? null)),
      ),
    },
    secrets: {
      list: api.secrets.list.handler(async ({ input }) =>
        secretList(await workbench.secrets.list(input.project)),
      ),
      keep: api.secrets.keep.handler(async ({ input }) => {
        const list = await workbench.secrets.keep(input.project, input.name, input.value);
        await looks.forget(input.project);
        return secretList(list);
      }),
      drop: api.secrets.drop.handler(async ({ input }) => {
        const list = await workbench.secrets.drop(input.project, input.name);
        await looks.forget(input.project);
        return secretList(list);
      }),
    },
    legacy: {
      inspect: api.legacy.inspect.handler(({ input, signal }) => inspectLegacy(ports, input, signal)),
      test: api.legacy.test.handler(({ input }) => testLegacy(ports, input.source)),
      schema: api.legacy.schema.handler(({ input, signal }) => legacySchema(ports, input.source, signal)),
      users: api.legacy.users.handler(({ input, signal }) => legacyUsers(looks, input, signal)),
      preview: api.legacy.preview.handler(({ input, signal }) => previewMapping(ports, looks, input, signal)),
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
      read: api.scripts.read.handler(async ({ input }) =>
        mutable(await workbench.scripts.read(input.project, input.slot)),
      ),
      save: api.scripts.save.handler(async ({ input }) =>
        mutable(await workbench.scripts.save(input.project, input.slot, input.text, input.checksum)),
      ),
      templates: api.scripts.templates.handler(() => ({
        templates: workbench.templates.list().map((one) => mutable(one)),
      })),
      template: api.scripts.template.handler(async ({ input: { name, slot } }) => ({
        name,
        slot,
        text: await workbench.templates.read(name, slot),
      })),
      starter: api.scripts.starter.handler(({ input, signal }) =>
        starterOf(ports, looks, input.project, input.slot, signal),
      ),
      try: api.scripts.try.handler(({ input, signal }) => tryScript(ports, input, signal)),
      lint: api.scripts.lint.handler(async ({ input }) => mutable(await lintScripts(ports, input))),
    },
    editor: {
      complete: api.editor.complete.handler(({ input, signal }) => completeScript(ports, input, signal)),
      hover: api.editor.hover.handler(({ input, signal }) => hoverScript(ports, input, signal)),
      typecheck: api.editor.typecheck.handler(({ input, signal }) => typecheckScript(ports, input, signal)),
    },
    trials: {
      cost: api.trials.cost.handler(({ input }) => costOfTrial(ports, input)),
      start: api.trials.start.handler(({ input }) => desk.start(input)),
      resume: api.trials.resume.handler(({ input }) => desk.resume(input.project, input.trial)),
      watch: api.trials.watch.handler(async function* ({ input, signal }) {
        yield* withReplies(desk.watch(input.project, input.trial, signal), noteBug);
      }),
      cancel: api.trials.cancel.handler(async ({ input }) => ({ stopped: await desk.cancel(input.trial) })),
      pause: api.trials.pause.handler(({ input }) => ({ pausing: desk.pause(input.trial) })),
      list: api.trials.list.handler(async ({ input }) => [...(await desk.list(input.project))]),
      show: api.trials.show.handler(({ input }) => desk.show(input.project, input.trial)),
      remove: api.trials.remove.handler(async ({ input }) => {
        await outcomes.forget(input.project, input.trial);
        await desk.remove(input.project, input.trial);
        return { removed: true };
      }),
      compare: api.trials.compare.handler(({ input }) => compareTrials(ports, input)),
      changed: api.trials.changed.handler(({ input }) => changedUsers(ports, input)),
      users: api.trials.users.handler(({ input }) => trialUsers(ports, outcomes, input)),
      everyUser: api.trials.everyUser.handler(async function* ({ input, signal }) {
        yield* withReplies(everyTrialUser(ports, input, signal), noteBug);
      }),
      report: api.trials.report.handler(async ({ input }) => reportOfTrial(ports, desk, input)),
      render: api.trials.render.handler(({ input }) => renderedReport(ports, desk, input)),
    },
    traces: {
      show: api.traces.show.handler(({ input }) => tracePerson(ports, input)),
    },
    coverage: {
      show: api.coverage.show.handler(({ input }) => showCoverage(ports, input)),
      users: api.coverage.users.handler(({ input }) => coverageUsers(ports, outcomes, input)),
      everyUser: api.coverage.everyUser.handler(async function* ({ input, signal }) {
        yield* withReplies(everyCoverageUser(ports, input, signal), noteBug);
      }),
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
    pipeline: {
      show: api.pipeline.show.handler(({ input }) => showPipeline(ports, input.project)),
      run: api.pipeline.run.handler(({ input }) => runOneTrigger(ports, input)),
    },
    exports: {
      list: api.exports.list.handler(({ input }) => listExports(ports, input.project)),
      create: api.exports.create.handler(({ input }) => createExport(ports, desk, input)),
      verify: api.exports.verify.handler(({ input }) => verifyExport(ports, input.folder, input.key)),
    },
    audit: {
      run: api.audit.run.handler(async function* ({ input, signal }) {
        const events = runAudit(ports, audits, input, signal);
        const { list, listAs } = input;
        const told =
          !list || listAs === undefined ? events : auditAsText(events, ports.peopleText.audit[listAs]);
        yield* withReplies(told, noteBug);
      }),
      mark: api.audit.mark.handler(({ input }) => markScripts(ports, input)),
    },
    plan: {
      make: api.plan.make.handler(async function* ({ input, signal }) {
        const events = makePlan(ports, input, signal);
        const asText = input.list && input.listAs !== undefined;
        yield* withReplies(asText ? planAsText(events, ports.peopleText.leftovers) : events, noteBug);
      }),
      render: api.plan.render.handler(({ input }) => renderedPlan(ports, input.plan, input.format)),
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
  return {
    router,
    running: () => desk.running,
    close: async () =>
      void (await Promise.all([
        desk.close(),
        looks.close(),
        outcomes.close(),
        audits.close(),
        ports.language.close(),
      ])),
  };
}

function secretList({ file, secrets, diagnostics }: SecretList) {
  return {
    file,
    secrets: secrets.map((one) => ({ ...one, usedBy: [...one.usedBy] })),
    diagnostics: [...diagnostics],
  };
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
