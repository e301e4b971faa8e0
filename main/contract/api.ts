import { audit } from '#contract/audit.ts';
import { flows } from '#contract/flows.ts';
import { jobs } from '#contract/jobs.ts';
import { exports } from '#contract/exports.ts';
import { legacy } from '#contract/legacy.ts';
import { passwords } from '#contract/passwords.ts';
import { projects } from '#contract/projects.ts';
import { reference } from '#contract/reference.ts';
import { scripts } from '#contract/scripts.ts';
import { trials } from '#contract/trials.ts';

/** Everything a client can ask: the contents page. Hosts derive their routes from it and list nothing by hand. */
export const contract = {
  projects,
  legacy,
  passwords,
  scripts,
  trials,
  jobs,
  flows,
  exports,
  audit,
  reference,
};
export type Contract = typeof contract;
