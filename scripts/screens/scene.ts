import type { App } from '#test/app.ts';
import type { Scenery } from './scenery.ts';

/** One picture: how the app comes to look like that, and how it gets back to where the next one starts. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  /** Also in a large window. */
  readonly wide?: boolean;
  show(app: App, scenery: Scenery): Promise<void>;
  leave?(app: App, scenery: Scenery): Promise<void>;
}

export const at =
  (screen: string, project: 'project' | 'fresh' = 'project') =>
  async (app: App, scenery: Scenery): Promise<void> => {
    await app.go(`/project/${encodeURIComponent(scenery[project])}/${screen}`);
    await app.page.getByRole('heading', { level: 1 }).waitFor();
    await app.page.waitForLoadState('networkidle');
  };
export const toTop = async ({ page }: App): Promise<void> =>
  page
    .getByRole('tabpanel')
    .first()
    .evaluate((part) => part.parentElement?.parentElement?.scrollTo(0, 0));
export const escape = async ({ page }: App): Promise<void> => page.keyboard.press('Escape');
export const settled = async ({ page }: App, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout: 60_000 });
