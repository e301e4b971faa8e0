import { Suspense, lazy } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { CommandPalette } from '#renderer/commands/command-palette.tsx';
import { useShortcuts } from '#renderer/commands/use-shortcuts.ts';
import { ConfirmHost } from '#renderer/components/confirm.tsx';
import { ErrorBoundary } from '#renderer/components/error-boundary.tsx';
import { useHashLocation, useHashSearch } from '#renderer/project/hash-location.ts';
import { ProjectProvider } from '#renderer/project/project-context.tsx';
import { AppFrame } from '#renderer/shell/app-frame.tsx';
import { BaseCommands } from '#renderer/shell/base-commands.tsx';
import { Desktop } from '#renderer/shell/desktop.tsx';
import { NotFound } from '#renderer/shell/not-found.tsx';
import { ProjectRoutes } from '#renderer/shell/project-routes.tsx';

const Home = lazy(async () => ({
  default: (await import('#renderer/features/home/home-screen.tsx')).HomeScreen,
}));
const Wizard = lazy(async () => ({
  default: (await import('#renderer/features/home/wizard-screen.tsx')).WizardScreen,
}));
const Diagnostics = lazy(async () => ({
  default: (await import('#renderer/features/diagnostics/diagnostics-screen.tsx')).DiagnosticsScreen,
}));

/** The whole window. The address after `#` says what is shown, in the browser and in the desktop shell alike. */
export function App() {
  useShortcuts();
  return (
    <Router hook={useHashLocation} searchHook={useHashSearch}>
      <BaseCommands />
      <Desktop />
      <CommandPalette />
      <ConfirmHost />
      <Places />
    </Router>
  );
}

function Places() {
  const [location, navigate] = useLocation();
  return (
    <Switch>
      <Route path="/project/:folder/*?">
        {({ folder }) => (
          <ProjectPlace key={folder} folder={decodeURIComponent(folder)} onLeave={() => navigate('/')} />
        )}
      </Route>
      <Route>
        <AppFrame>
          <ErrorBoundary key={location}>
            <Suspense fallback={null}>
              <Switch>
                <Route path="/" component={Home} />
                <Route path="/new" component={Wizard} />
                <Route path="/diagnostics" component={Diagnostics} />
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </AppFrame>
      </Route>
    </Switch>
  );
}

function ProjectPlace({ folder, onLeave }: { readonly folder: string; readonly onLeave: () => void }) {
  return (
    <ProjectProvider
      folder={folder}
      onLeave={onLeave}
      frame={(children) => (
        <AppFrame>
          <ErrorBoundary>
            <Suspense fallback={null}>{children}</Suspense>
          </ErrorBoundary>
        </AppFrame>
      )}
    >
      <ProjectRoutes />
    </ProjectProvider>
  );
}
