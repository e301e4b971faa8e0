/** Where the window's page comes from: our own scheme, one host, files of the app and nothing else. */
export const SCHEME = 'app';
export const HOST = 'bundle';
export const START_PAGE = `${SCHEME}://${HOST}/index.html`;

/** Compares parsed parts: `app://bundle.example` also starts with `app://bundle`. */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${SCHEME}:` &&
    parsed.host === HOST &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/** Sites that a link of ours may open in the person's own browser, by their exact host. */
const LINKED_HOSTS: ReadonlySet<string> = new Set(['auth0.com', 'community.auth0.com']);

export function mayOpenOutside(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === 'https:' &&
    parsed.port === '' &&
    parsed.username === '' &&
    parsed.password === '' &&
    LINKED_HOSTS.has(parsed.hostname)
  );
}
