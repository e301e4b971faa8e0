import type { Cause } from '#engine/trials/outcomes.ts';

/**
 * Whether the scripts mean this person, by the ids they return; null where nothing is wrong. Two ids from two
 * scripts make duplicates; one id that is not built on the row's own id is somebody else's.
 */
export function identityVerdict(
  rowId: string,
  getUserId: string | null,
  loginId: string | null,
): Cause | null {
  if (getUserId === null) return null;
  if (loginId !== null && loginId !== getUserId) {
    return { status: 'failed', code: 'state.user-id-unstable', detail: 'get_user and login' };
  }
  return isBuiltOn(getUserId, rowId)
    ? null
    : { status: 'failed', code: 'trial.other-user-returned', detail: 'get_user' };
}

/** `42`, `legacy|42`, `shop-42`, `42@shop`: the row's id stands in it as a whole. */
function isBuiltOn(returned: string, rowId: string): boolean {
  const at = returned.toLowerCase().indexOf(rowId.toLowerCase());
  if (at < 0) return false;
  const before = returned[at - 1] ?? '';
  const after = returned[at + rowId.length] ?? '';
  return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}
