const PREFIX = 'auth0|';

/**
 * The id within the connection. Exported ids carry `auth0|`, and ids that were imported with it carry it twice;
 * a legacy store may have them with the prefix as well.
 */
export function connectionId(userId: string): string {
  let id = userId;
  while (id.startsWith(PREFIX)) id = id.slice(PREFIX.length);
  return id;
}

export function hasDoublePrefix(userId: string): boolean {
  return userId.startsWith(`${PREFIX}${PREFIX}`);
}

/** Whether a user id without further knowledge can belong to a database connection. */
export function isDatabaseId(userId: string): boolean {
  return userId.startsWith(PREFIX) || !/^[a-z][a-z0-9-]*\|/.test(userId);
}

/** The form in which addresses and usernames are the same: the user store sets case aside. */
export function identifierKey(text: string | null): string | null {
  if (text === null) return null;
  const key = text.trim().toLowerCase();
  return key === '' ? null : key;
}
