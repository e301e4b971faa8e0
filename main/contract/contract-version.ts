/**
 * Digest of all schemas of the contract, pinned by a test. Both ends of every transport ship together, so a
 * change is allowed, but never by accident: the test prints the new value and asks for a line here.
 *
 * 1  first contract: projects, scripts, trials, reference
 * 2  legacy (inspect, adopt) and passwords (search, formats)
 */
export const CONTRACT_VERSION = 2;
export const CONTRACT_HASH = 'b937a9a8cbb876bd';
