/** How this page is shown, and why so. */
export function factsOfPage(): readonly (readonly [name: string, value: string])[] {
  const desktop = window.userferry;
  const mode: readonly (readonly [string, string])[] =
    desktop === undefined
      ? [
          ['Mode', 'browser, over a server on this machine’s loopback address'],
          ['Why', 'this page was opened by its link; the desktop shell hands over a port instead'],
          ['Address', window.location.origin],
        ]
      : [
          ['Mode', `desktop, Electron ${desktop.platform.electron}`],
          ['Why', 'the desktop shell opened this window; no network port is open'],
          ['System', desktop.platform.os],
        ];
  const media = (query: string): boolean => window.matchMedia(query).matches;
  const wishes = [
    media('(prefers-color-scheme: dark)') ? 'dark' : 'light',
    media('(prefers-contrast: more)') || media('(forced-colors: active)') ? 'high contrast' : '',
    media('(prefers-reduced-motion: reduce)') ? 'reduced motion' : '',
  ].filter((wish) => wish !== '');
  return [
    ...mode,
    ['Browser', navigator.userAgent],
    ['Window', `${window.innerWidth} × ${window.innerHeight} at ${window.devicePixelRatio}`],
    ['System asks for', wishes.join(', ')],
    ['Time zone', Intl.DateTimeFormat().resolvedOptions().timeZone],
  ];
}
