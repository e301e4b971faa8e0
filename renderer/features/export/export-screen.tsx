import { Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import { Screen } from '#renderer/components/screen.tsx';
import { ExportForm } from '#renderer/features/export/export-form.tsx';
import { MadeExports } from '#renderer/features/export/made-exports.tsx';
import { VerifyForm } from '#renderer/features/export/verify-form.tsx';

const TABS = [
  { value: 'new', title: 'New export' },
  { value: 'made', title: 'Made from this project' },
  { value: 'verify', title: 'Verify' },
] as const;

/** What leaves the rehearsal: scripts, settings and files that trials stand for, with a proof. */
export function ExportScreen() {
  const [location, navigate] = useLocation();
  const tab = TABS.find(({ value }) => location === `/${value}`)?.value ?? 'new';
  const verify = (folder: string): void => navigate(`/verify?folder=${encodeURIComponent(folder)}`);
  return (
    <Tabs value={tab} onChange={(value) => navigate(`/${value ?? 'new'}`)} keepMounted={false} h="100%">
      <Screen
        title="Export"
        lead="Only scripts whose exact text passed the named trials are marked validated. Secrets stay here; placeholders go out."
        toolbar={
          <Tabs.List>
            {TABS.map(({ value, title }) => (
              <Tabs.Tab key={value} value={value}>
                {title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        }
      >
        <Tabs.Panel value="new" pt="md">
          <ExportForm onVerify={verify} />
        </Tabs.Panel>
        <Tabs.Panel value="made" pt="md">
          <MadeExports onVerify={verify} />
        </Tabs.Panel>
        <Tabs.Panel value="verify" pt="md">
          <VerifyForm />
        </Tabs.Panel>
      </Screen>
    </Tabs>
  );
}
