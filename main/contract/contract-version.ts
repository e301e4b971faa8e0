/**
 * Digest of all schemas of the contract, pinned by a test. Both ends of every transport ship together, so a
 * change is allowed, but never by accident: the test prints the new value and asks for a line here.
 *
 * 1  first contract: projects, scripts, trials, reference
 * 2  legacy (inspect, adopt) and passwords (search, formats)
 * 3  scripts.lint; jobs and flows
 * 4  audit (run, mark)
 * 5  attempts say the longest turn of the event loop; jobs.rejects of all jobs, in files split to size
 * 6  what a workbench needs: projects.open and recent ones, files, settings, secrets, legacy users and schema, scripts
 *    read, saved and tried as drafts, editor, trials.pause, users by position, exports.list; trials.changed
 *    and trials.render
 *    plan.make; coverage and traces; comparisons by cause
 *    pipeline (show, run), and what runs after the scripts in flows, tries, trials and traces
 */
export const CONTRACT_VERSION = 6;
export const CONTRACT_HASH = '1520ba9462d83a98';
