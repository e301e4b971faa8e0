import { audit } from '#contract/audit.ts';
import { editor } from '#contract/editor.ts';
import { files } from '#contract/files.ts';
import { flows } from '#contract/flows.ts';
import { jobs } from '#contract/jobs.ts';
import { coverage } from '#contract/coverage.ts';
import { exports } from '#contract/exports.ts';
import { legacy } from '#contract/legacy.ts';
import { passwords } from '#contract/passwords.ts';
import { pipeline } from '#contract/pipeline.ts';
import { plan } from '#contract/plan.ts';
import { projects } from '#contract/projects.ts';
import { reference } from '#contract/reference.ts';
import { secrets, settings } from '#contract/settings.ts';
import { scripts } from '#contract/scripts.ts';
import { traces } from '#contract/traces.ts';
import { trials } from '#contract/trials.ts';

/** Everything a client can ask: the contents page. Hosts derive their routes from it and list nothing by hand. */
export const contract = {
  projects,
  files,
  settings,
  secrets,
  legacy,
  passwords,
  scripts,
  editor,
  trials,
  coverage,
  traces,
  jobs,
  flows,
  pipeline,
  exports,
  audit,
  plan,
  reference,
};
export type Contract = typeof contract;
