import { useSyncExternalStore } from 'react';
import type { BaseLocationHook, BaseSearchHook } from 'wouter';

/*
 * The address lives behind `#`, its query too: `#/project/…/report/…/users?status=failed`. The router's own hook puts
 * queries before the `#`, where the server would see them and the next screen would inherit them.
 */

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Path and query of an address such as `#/project/a?x=1`. */
export function splitHash(hash: string): { readonly path: string; readonly search: string } {
  const whole = hash.replace(/^#?\/?/, '');
  const mark = whole.indexOf('?');
  if (mark === -1) return { path: `/${whole}`, search: '' };
  return { path: `/${whole.slice(0, mark)}`, search: whole.slice(mark + 1) };
}

function navigate(to: string, options: { readonly replace?: boolean; readonly state?: unknown } = {}): void {
  const { path, search } = splitHash(to);
  const address = new URL(window.location.href);
  address.hash = search === '' ? path : `${path}?${search}`;
  if (options.replace === true) window.history.replaceState(options.state ?? null, '', address);
  else window.history.pushState(options.state ?? null, '', address);
  // Writing the history tells nobody.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

const path = (): string => splitHash(window.location.hash).path;
const search = (): string => splitHash(window.location.hash).search;

export const useHashLocation: BaseLocationHook & { hrefs: (href: string) => string } = Object.assign(
  (): ReturnType<BaseLocationHook> => [useSyncExternalStore(subscribe, path), navigate],
  { hrefs: (href: string) => `#${href}` },
);

export const useHashSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, search);
