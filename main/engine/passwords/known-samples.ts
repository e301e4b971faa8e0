import type { SearchResult, SearchSource } from '#contract/passwords.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { Secret } from '#domain/secret.ts';
import { Fault } from '#engine/fault.ts';
import type { HashSample } from '#engine/ports/hash-lab.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { type ReportReading, userByKey, usersByIdentifier } from '#engine/passwords/legacy-users.ts';

/** A sample and the scheme its row names. `sample` is null where the row has no stored value at all. */
export interface KnownSample {
  /** Names the sample without its values. */
  readonly label: string;
  readonly sample: HashSample | null;
  readonly scheme: string | null;
}

export interface KnownSamples {
  readonly samples: readonly KnownSample[];
  readonly accounts: Omit<NonNullable<SearchResult['accounts']>, 'leftOut'> | null;
}

/** Brings known passwords and the stored values behind them together. */
export async function knownSamples(
  ports: Ports,
  source: SearchSource,
  pepper: Secret | null,
  report: ReportReading,
  signal: AbortSignal,
): Promise<KnownSamples> {
  if (source.kind === 'samples') {
    return {
      samples: source.samples.map((one, index) => typedSample(one, `sample ${index + 1}`, pepper)),
      accounts: null,
    };
  }
  const project = await ports.projects.open(source.project);
  requireHashColumn(project);
  const access = await ports.openLegacy(project, { forScripts: false });
  try {
    if (source.kind === 'credentials') {
      return await samplesOfCredentials(ports, project, access.store, pepper, report, signal);
    }
    const user = await theUser(project, access.store, source.user, report, signal);
    return { samples: [sampleOf(user, new Secret(source.password), pepper)], accounts: null };
  } finally {
    await access.close();
  }
}

type TypedSample = Extract<SearchSource, { kind: 'samples' }>['samples'][number];

function typedSample(typed: TypedSample, label: string, pepper: Secret | null): KnownSample {
  const hints = { ...secret('username', typed.username), ...secret('email', typed.email) };
  const sample = {
    password: new Secret(typed.password),
    stored: new Secret(typed.stored),
    ...secret('salt', typed.salt),
    ...(pepper === null ? {} : { pepper }),
    hints,
  };
  return { label, sample, scheme: null };
}

function secret<Name extends string>(
  name: Name,
  value: string | null | undefined,
): Partial<Record<Name, Secret>> {
  return value === null || value === undefined || value === ''
    ? {}
    : ({ [name]: new Secret(value) } as Partial<Record<Name, Secret>>);
}

export function requireHashColumn(project: Project): void {
  if (project.settings.fields.passwordHash !== undefined) return;
  throw new Fault(
    'project-invalid',
    'no column is mapped as passwordHash, so there are no hashes to look at',
    {
      where: 'fields.passwordHash in userferry.json',
      help: 'Name the column that holds the hashes, or run "userferry legacy inspect" to have one proposed.',
    },
  );
}

async function theUser(
  project: Project,
  store: LegacyStore,
  wanted: Extract<SearchSource, { kind: 'user' }>['user'],
  report: ReportReading,
  signal: AbortSignal,
): Promise<LegacyUser> {
  const { fields } = project.settings;
  if ('key' in wanted) {
    const user = await userByKey(store, fields, wanted.key, signal);
    if (user !== null) return user;
    throw new Fault('input-invalid', `no legacy user has the key ${JSON.stringify(wanted.key)}`);
  }
  const name = wanted.identifier.trim().toLowerCase();
  const users = (await usersByIdentifier(store, fields, [name], report, signal)).get(name) ?? [];
  if (users.length === 1) return users[0]!;
  if (users.length === 0) {
    throw new Fault(
      'input-invalid',
      `no legacy user has the e-mail address or username ${wanted.identifier}`,
      {
        help: 'Check the spelling, and the columns mapped as email and username in userferry.json.',
      },
    );
  }
  const keys = users.map((user) => JSON.stringify(user.key)).join(', ');
  throw new Fault('input-invalid', `${users.length} legacy users share ${wanted.identifier}`, {
    help: `Name one of them by its key: ${keys}.`,
  });
}

function sampleOf(user: LegacyUser, password: Secret, pepper: Secret | null): KnownSample {
  const scheme = user.passwordScheme;
  const label = user.key.join(', ');
  if (user.passwordHash === null) return { label, sample: null, scheme };
  const sample = {
    password,
    stored: user.passwordHash,
    ...(user.passwordSalt === null ? {} : { salt: user.passwordSalt }),
    ...(pepper === null ? {} : { pepper }),
    hints: { ...secret('username', user.username), ...secret('email', user.email) },
  };
  return { label, sample, scheme };
}

async function samplesOfCredentials(
  ports: Ports,
  project: Project,
  store: LegacyStore,
  pepper: Secret | null,
  report: ReportReading,
  signal: AbortSignal,
): Promise<KnownSamples> {
  const known = await ports.credentials(project);
  if (known.size === 0) {
    throw new Fault('project-invalid', 'the project names no test accounts', {
      where: 'credentials in userferry.json',
      help: 'Write a CSV with the columns identifier,password below .userferry and name it in "credentials".',
    });
  }
  const users = await usersByIdentifier(store, project.settings.fields, [...known.keys()], report, signal);
  const samples: KnownSample[] = [];
  const accounts = { known: known.size, found: 0, notFound: 0, ambiguous: 0 };
  const seen = new Set<string>();
  for (const [identifier, password] of known) {
    const [user, ...others] = users.get(identifier) ?? [];
    if (user === undefined) accounts.notFound += 1;
    else if (others.length > 0) accounts.ambiguous += 1;
    else {
      accounts.found += 1;
      // One account may be listed by its address and by its username.
      const key = JSON.stringify(user.key);
      if (!seen.has(key)) samples.push(sampleOf(user, password, pepper));
      seen.add(key);
    }
  }
  return { samples, accounts };
}
