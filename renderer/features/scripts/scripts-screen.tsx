import { useLocation } from 'wouter';
import { Screen } from '#renderer/components/screen.tsx';
import { ScriptWorkbench } from '#renderer/features/scripts/script-workbench.tsx';
import { SlotTabs } from '#renderer/features/scripts/slot-tabs.tsx';
import { PROJECT_SLOTS } from '#renderer/features/scripts/slots.ts';

/** The scripts of the connection, each with what it does for one user. */
export function ScriptsScreen() {
  const [location, navigate] = useLocation();
  const slot = PROJECT_SLOTS.find((one) => location.split('?')[0] === `/${one}`) ?? 'login';
  return (
    <Screen
      title="Scripts"
      layout="workbench"
      toolbar={<SlotTabs slot={slot} onPick={(picked) => navigate(`/${picked}`)} />}
    >
      <ScriptWorkbench key={slot} slot={slot} />
    </Screen>
  );
}
