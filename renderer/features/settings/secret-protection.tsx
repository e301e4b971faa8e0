import { Skeleton, Switch, Text } from '@mantine/core';
import { IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecretProtection } from '#contract/desktop.ts';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/settings/app-settings.module.css';

const KEY = ['secret-protection'] as const;

/** In the desktop app: what protects secrets on this machine, and the person's word where nothing does. */
export function SecretProtectionPanel() {
  const desktop = window.userferry;
  const queries = useQueryClient();
  const now = useQuery({
    queryKey: KEY,
    queryFn: () => desktop?.secretProtection() ?? null,
    enabled: desktop !== undefined,
  });
  const agree = useMutation({
    mutationFn: async (given: boolean) => desktop?.secretConsent(given) ?? null,
    onSuccess: (state) => queries.setQueryData(KEY, state),
    onError: notifyTrouble,
  });
  if (desktop === undefined) return null;
  return (
    <Panel title="Secrets on this machine" lead="Passwords that you enter in the app.">
      {now.isError && (
        <Text size="sm" role="alert">
          The desktop shell did not say what protects secrets here.
        </Text>
      )}
      {now.isPending && <Skeleton height={42} />}
      {now.data != null && (
        <div className={classes.line}>
          <Standing protection={now.data} />
          {now.data.state !== 'sealed' && (
            <Switch
              label="Keep them as text"
              checked={now.data.consent}
              disabled={agree.isPending}
              onChange={(event) => agree.mutate(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
    </Panel>
  );
}

function Standing({ protection: { state, by } }: { readonly protection: SecretProtection }) {
  const Icon = state === 'sealed' ? IconLock : IconLockOpen2;
  return (
    <div>
      <Text size="sm" fw={560} className={classes.standing ?? ''}>
        <Icon size={15} aria-hidden />
        {state === 'sealed' ? 'Sealed by the keychain of this system' : 'Nothing seals them here'}
        <span className="uf-mono">{by}</span>
      </Text>
      <Text size="xs" c="dimmed" maw={620}>
        {WORDS[state]}
      </Text>
    </div>
  );
}

const WORDS: Readonly<Record<SecretProtection['state'], string>> = {
  sealed:
    'They open under your account on this machine only. The command line takes them from its environment.',
  unprotected:
    'This session offers only a key that everybody knows, so it is not used. With your word they are kept as text that only your account can read; without it, none is kept.',
  none: 'This session has no keychain. With your word they are kept as text that only your account can read; without it, none is kept.',
};
