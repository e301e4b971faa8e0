/**
 * Digest of all schemas of the contract, pinned by a test. Both ends of every transport ship together, so a
 * change is allowed, but never by accident: the test prints the new value and asks for a line here.
 *
 * 1  first contract: projects, scripts, trials, reference
 */
export const CONTRACT_VERSION = 1;
export const CONTRACT_HASH = 'unset';
