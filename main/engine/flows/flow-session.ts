import type { Assumptions } from '#domain/assumptions.ts';
import { type Account } from '#domain/migration/account.ts';
import { typedFacts } from '#domain/migration/account-facts.ts';
import type { LoginHistory } from '#domain/migration/attack-protection.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowOptions } from '#domain/migration/flow.ts';
import { flowOptions } from '#engine/trials/flow-options.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';
import type { FlowPasswords } from '#engine/flows/flow-passwords.ts';
import type { OverlayAccounts } from '#engine/flows/overlay-accounts.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { PipelinePass } from '#engine/pipeline/transaction.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { ScriptRun, ScriptRunner } from '#engine/ports/script-runner.ts';
import type { Slot } from '#domain/migration/slots.ts';

/** One person on the way through a story: what is open, what is known, and what has happened so far. */
export interface FlowSession {
  readonly ports: Ports;
  readonly project: Project;
  readonly runner: ScriptRunner;
  readonly configuration: Readonly<Record<string, string>>;
  readonly assumptions: Assumptions;
  readonly accounts: OverlayAccounts;
  readonly passwords: FlowPasswords;
  readonly identifier: string;
  readonly newEmail: string;
  readonly username: string | null;
  /** The legacy row of the person; null where the users query gives none. */
  readonly legacyUser: PreparedUser | null;
  /** Overrules the connection's import mode for all steps. */
  readonly importMode: boolean | undefined;
  readonly allowLegacyWrites: boolean;
  readonly timeLimitMs: number;
  /** What the tenant remembers about logins, by typed identifier. */
  readonly histories: Map<string, LoginHistory>;
  /** Everything that happened, for keeping. */
  readonly happened: { readonly event: MigrationEvent; readonly atMs: number }[];
  /** Users whose credential was set in this session, from a password it knows. */
  readonly ownCredentials: Set<string>;
  /** Actions, Rules and Hooks; null where none are to run. */
  readonly pipeline: PipelineHost | null;
  /** They would have run, had their files been in order. */
  readonly pipelineUnusable: boolean;
  /** Logins in this session, and when each user was first seen, by id. */
  readonly logins: Map<string, number>;
  readonly firstSeen: Map<string, number>;
  /** The pipeline of the last login with import off. */
  legacyPass: PipelinePass | null;
  /** The person's id in the user store, once known. */
  userId: string | null;
}

/** What one step did, as it goes on. */
export interface StepNotes {
  readonly atMs: number;
  readonly importMode: boolean;
  readonly decisions: string[];
  readonly runs: { readonly slot: Slot; readonly run: ScriptRun }[];
}

export function optionsFor(session: FlowSession, notes: StepNotes): FlowOptions {
  return { ...flowOptions(session.project), importMode: notes.importMode };
}

/** The account that a step is about: what the person's identifiers find, hidden rows included. */
export function accountOfPerson(session: FlowSession): Account | null {
  const { accounts, identifier, newEmail, userId } = session;
  const known = userId === null ? null : accounts.any(userId);
  if (known !== null) return known;
  const typed = typedFacts(accounts, identifier);
  return typed.found ?? typed.partial ?? accounts.byEmail(newEmail);
}

/** Applies what was decided, in order. */
export function applyAll(session: FlowSession, events: readonly MigrationEvent[], atMs: number): void {
  for (const event of events) {
    session.accounts.apply(event);
    session.happened.push({ event, atMs });
    if (event.type === 'account-created') session.userId = event.account.userId;
    if (event.type === 'credential-set' && event.credential.kind === 'tenant-bcrypt')
      session.ownCredentials.add(event.userId);
    if (event.type === 'account-created' && event.account.credential.kind === 'tenant-bcrypt')
      session.ownCredentials.add(event.account.userId);
  }
}

/** An id as the tenant makes them: 24 hexadecimal digits, the same for the same story. */
export function generatedUserId(session: FlowSession): string {
  const { identity } = session.ports;
  return identity.checksum(`${session.identifier} ${session.happened.length}`).slice(0, 24);
}
