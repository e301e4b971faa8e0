import type { TrialOptions } from '#contract/trial-record.ts';
import { keyWord } from '#renderer/components/trial-words.ts';
import { projectPath } from '#renderer/project/routes.ts';

type Key = readonly (string | number)[];

/** Address of the scripts screen with this user in its form; null where no script decided (the bulk phase). */
export function tryLink(
  folder: string,
  { depth }: Pick<TrialOptions, 'depth'>,
  phase: 'lazy' | 'bulk',
  key: Key,
): string | null {
  if (phase === 'bulk') return null;
  const slot = depth === 'profiles' || depth === 'formats' ? 'get_user' : 'login';
  return `~${projectPath(folder, 'scripts', slot)}?identifier=${encodeURIComponent(keyWord(key))}`;
}

/** Within the report screen. */
export function storyLink(trial: string, key: Key): string {
  return `/${trial}/user/${encodeURIComponent(keyWord(key))}`;
}

/** Within the report screen: the users behind a number. What is undefined does not filter. */
export function usersLink(trial: string, filter: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return `/${trial}/users?${search.toString()}`;
}
