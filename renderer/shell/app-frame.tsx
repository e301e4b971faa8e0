import type { ReactNode } from 'react';
import classes from '#renderer/shell/app-frame.module.css';
import { ConnectionBanner } from '#renderer/shell/connection-banner.tsx';
import { DesktopActivity } from '#renderer/shell/desktop.tsx';
import { ProjectHeader } from '#renderer/shell/project-header.tsx';
import { Sidebar } from '#renderer/shell/sidebar.tsx';
import { StatusBar } from '#renderer/shell/status-bar.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Sidebar, header, content, status bar: the same on every screen. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  const collapsed = usePreferences((preferences) => preferences.sidebarCollapsed);
  return (
    <div className={classes.frame} data-collapsed={collapsed}>
      <a href="#content" className={classes.skip} onClick={focusContent}>
        Skip to the content
      </a>
      <DesktopActivity />
      <Sidebar />
      <div className={classes.main}>
        <ProjectHeader />
        <ConnectionBanner />
        <main id="content" tabIndex={-1} className={classes.content}>
          {children}
        </main>
      </div>
      <StatusBar />
    </div>
  );
}

function focusContent(event: { preventDefault: () => void }): void {
  // The address is the route; a plain anchor would change it.
  event.preventDefault();
  document.getElementById('content')?.focus();
}
