import { Route, Switch } from 'wouter';
import { ComparePage } from '#renderer/features/trials/compare/compare-page.tsx';
import { TrialList } from '#renderer/features/trials/list/trial-list.tsx';
import { SetupPage } from '#renderer/features/trials/setup/setup-page.tsx';
import { TrialPage } from '#renderer/features/trials/trial/trial-page.tsx';

/** The trials of the project: all of them, a new one, one, two compared. */
export function TrialsScreen() {
  return (
    <Switch>
      <Route path="/new" component={SetupPage} />
      <Route path="/compare/:a/:b">{({ a, b }) => <ComparePage key={`${a} ${b}`} a={a} b={b} />}</Route>
      <Route path="/:trial">{({ trial }) => <TrialPage key={trial} trial={trial} />}</Route>
      <Route component={TrialList} />
    </Switch>
  );
}
