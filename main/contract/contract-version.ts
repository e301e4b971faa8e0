/**
 * Digest of all schemas of the contract, pinned by a test. Both ends of every transport ship together, so a
 * change is allowed, but never by accident: the test prints the new value and asks for a line here.
 *
 * 1  first contract: projects, scripts, trials, reference
 * 2  legacy (inspect, adopt) and passwords (search, formats)
 * 3  scripts.lint; jobs and flows
 * 4  audit (run, mark)
 * 5  attempts say the longest turn of the event loop; jobs.rejects of all jobs, in files split to size
 */
export const CONTRACT_VERSION = 5;
export const CONTRACT_HASH = 'cd31aaf80bc0cc1e';
