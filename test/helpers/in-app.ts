import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { type App, type AppOptions, openApp } from '#test/app.ts';

export interface OpenProject extends App {
  /** Goes to a screen of the project, such as `plan` or `settings/secrets`. */
  readonly open: (screen: string) => Promise<void>;
}

/** Uses the app on a project, and fails where the page complained or asked anybody but its own server. */
export async function inProject(
  project: string,
  options: AppOptions,
  use: (app: OpenProject) => Promise<void>,
): Promise<void> {
  const app = await openApp(options);
  try {
    await use({ ...app, open: (screen) => app.go(`/project/${encodeURIComponent(project)}/${screen}`) });
    expect(app.complaints).toEqual([]);
  } finally {
    await app.close();
  }
}

/** The file that doing something hands over. */
export async function savedBy(
  page: Page,
  work: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), work()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}
