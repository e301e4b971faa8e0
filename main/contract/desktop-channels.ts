/** Names of the channels between preload and main. Apart from the schemas, since preload needs nothing else. */
export const CHANNELS = {
  connectEngine: 'engine:connect',
  enginePort: 'engine:port',
  pickFolder: 'dialog:folder',
  pickFile: 'dialog:file',
  saveFile: 'dialog:save',
  reveal: 'shell:reveal',
  showMenu: 'menu:show',
  menuCommand: 'menu:command',
  showActivity: 'window:activity',
  setTheme: 'window:theme',
  projectListening: 'project:listening',
  openProject: 'project:open',
  secretProtection: 'secrets:protection',
  secretConsent: 'secrets:consent',
} as const;

/** Tag of the window message that carries an engine's port from the preload script to its page. */
export const ENGINE_PORT_MESSAGE = 'userferry:engine-port';

/** How main answers a request: an exception would reach the page with the names of channels around its text. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };
