import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { LegacyConnection } from '#contract/project-settings.ts';
import { notifyTrouble, notifyUndo } from '#renderer/components/notify.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble, type Trouble } from '#renderer/engine/trouble.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import {
  type ConnectionDraft,
  connectionOf,
  type DraftErrors,
  draftOf,
  emptyDraft,
} from '#renderer/setup/connection-draft.ts';
import { useDrafts } from '#renderer/stores/drafts.ts';

/** Name under which the secrets file keeps the password. */
const SECRET = 'DB_PASSWORD';

/** The connection as it is typed: kept over a reload without its password, tested as it stands, saved as a whole. */
export function useConnection(legacy: LegacyConnection | null) {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const draftKey = `connection:${folder}`;
  const kept = useDrafts((drafts) => drafts.texts[draftKey]);
  const { keep, drop } = useDrafts.getState();
  const saved = legacy === null ? emptyDraft('postgresql') : draftOf(legacy);
  const draft = kept === undefined ? saved : (JSON.parse(kept) as ConnectionDraft);
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<DraftErrors>({});
  const abort = useRef<AbortController | null>(null);
  /** Reference to a password that is set already; another server or account has none yet. */
  const reference = legacy !== null && 'password' in legacy ? legacy.password : undefined;

  const put = async (to: LegacyConnection | null): Promise<void> => {
    await client.settings.change({ project: folder, changes: [{ path: ['legacy'], to: to as never }] });
    await queries.invalidateQueries({ queryKey: projectKey(folder) });
  };
  const test = useMutation({
    mutationFn: (connection: LegacyConnection) => {
      abort.current = new AbortController();
      const given = password === '' ? {} : { password };
      const source = { kind: 'connection', folder, connection, ...given } as const;
      return client.legacy.test({ source }, { signal: abort.current.signal });
    },
  });
  const save = useMutation({
    mutationFn: async (connection: LegacyConnection) => {
      // What was there is told by this run: by the time it is done, the screen has read what is there now.
      const before = legacy;
      if (password !== '') await client.secrets.keep({ project: folder, name: SECRET, value: password });
      await put(connection);
      return { before, withPassword: password !== '' };
    },
    onSuccess: ({ before, withPassword }) => {
      drop(draftKey);
      setPassword('');
      const words = withPassword ? ' The new password is in the secrets file.' : '';
      notifyUndo(`The connection is saved.${words}`, () => void put(before).catch(notifyTrouble));
    },
  });

  const forgetAnswers = (): void => {
    test.reset();
    save.reset();
    setErrors({});
  };
  /** Runs with the connection that is meant, or says by field why there is none. */
  const withConnection = (secret: string | undefined, run: (connection: LegacyConnection) => void): void => {
    const checked = connectionOf(draft, secret);
    setErrors('errors' in checked ? checked.errors : {});
    if ('connection' in checked) run(checked.connection);
  };
  return {
    draft,
    dirty: kept !== undefined || password !== '',
    errors,
    password,
    answer: test.data ?? null,
    trouble: troubleOf(save.error ?? test.error),
    testing: test.isPending,
    saving: save.isPending,
    edit: (changed: ConnectionDraft): void => {
      forgetAnswers();
      if (JSON.stringify(changed) === JSON.stringify(saved)) drop(draftKey);
      else keep(draftKey, JSON.stringify(changed));
    },
    typePassword: (typed: string): void => {
      forgetAnswers();
      setPassword(typed);
    },
    test: (): void => {
      forgetAnswers();
      withConnection(password === '' ? reference : undefined, (connection) => test.mutate(connection));
    },
    cancel: (): void => abort.current?.abort(),
    save: (): void => {
      forgetAnswers();
      const secret = password === '' ? reference : `\${secret:${SECRET}}`;
      withConnection(secret, (connection) => save.mutate(connection));
    },
    revert: (): void => {
      const before = kept;
      forgetAnswers();
      setPassword('');
      drop(draftKey);
      if (before !== undefined)
        notifyUndo('The connection is as it is saved again.', () => keep(draftKey, before));
    },
  };
}

function troubleOf(error: unknown): Trouble | null {
  if (error === null) return null;
  const trouble = toTrouble(error);
  return trouble.kind === 'cancelled' ? null : trouble;
}
