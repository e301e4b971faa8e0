import type { ProjectSettings } from '#contract/project-settings.ts';

/** Which rows are users, and in what order they are read. */
export type UsersQuery = ProjectSettings['users'];

/** Fills in `${env:NAME}` and `${secret:NAME}`; throws a `Fault` for a name that is not set. */
export type Secrets = (reference: string) => string;
