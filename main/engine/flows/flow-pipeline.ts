import type { Account } from '#domain/migration/account.ts';
import { applyEvent, eventUserId } from '#domain/migration/apply-event.ts';
import type { MigrationEvent, TenantLogType } from '#domain/migration/events.ts';
import { failed, type FlowDecision, logged } from '#domain/migration/flow.ts';
import type { MetadataChange } from '#domain/pipeline/effects.ts';
import { firing, type PipelineFlow } from '#domain/pipeline/flow-triggers.ts';
import { metadataAfter } from '#domain/pipeline/metadata-limits.ts';
import { type PipelineUser, userOfAccount } from '#domain/pipeline/pipeline-user.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';
import type { FlowSession, StepNotes } from '#engine/flows/flow-session.ts';
import { type PipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { fire, type FiredTrigger, passOf, type PipelinePass } from '#engine/pipeline/transaction.ts';

/** The triggers of one step of a story, as they are set off one after the other. */
export class StepPipeline {
  readonly host: PipelineHost;
  readonly around: Surroundings;
  readonly #session: FlowSession;
  readonly #notes: StepNotes;
  readonly #fired: FiredTrigger[] = [];
  #user: PipelineUser | null = null;

  constructor(host: PipelineHost, session: FlowSession, notes: StepNotes) {
    this.host = host;
    this.#session = session;
    this.#notes = notes;
    this.around = surroundingsOf(host.connection, notes.atMs);
  }

  /** Sets off a trigger if the flow does; null where nothing is in the way of the flow's going on. */
  async fire(
    flow: PipelineFlow,
    trigger: TriggerName,
    user: PipelineUser,
    log: TenantLogType,
  ): Promise<FlowDecision | null> {
    const { runs, assumption } = firing(flow, trigger, this.host.assumptions);
    if (!runs) return null;
    const because = assumption === null ? flow : `${flow}, as ${assumption} says`;
    const one = await fire(this.host, trigger, because, this.around, user);
    this.#fired.push(one);
    this.#user = user;
    if (one.run.steps.length > 0) this.#notes.decisions.push(inWords(one));
    const { denied } = one.run.effects;
    const userId = user.profile.userId;
    if (denied !== null)
      return failed('pipeline.denied', `${denied.by}: ${denied.reason}`, [
        logged(log, userId, denied.reason),
      ]);
    const broken = one.run.failed;
    if (broken === null) return null;
    return failed(broken.code, broken.detail, [logged(log, userId, broken.detail)]);
  }

  /** Null where the step set nothing off. */
  pass(): PipelinePass | null {
    if (this.#fired.length === 0) return null;
    return passOf(this.host, this.around, this.#fired, this.#user);
  }

  /** Metadata that the steps so far have asked for. */
  get metadata(): readonly MetadataChange[] {
    return this.#fired.flatMap(({ run }) => run.effects.metadata);
  }

  /** The user as steps see them: an account, and what the tenant remembers of it. */
  userOf(account: Account, first: boolean, resetMs: number | null = null): PipelineUser {
    const { logins, firstSeen } = this.#session;
    const known = logins.get(account.userId) ?? (first ? 0 : 1);
    const counted = this.host.assumptions['logins-count-at-first-login'] === '0' ? known : known + 1;
    const createdMs = firstSeen.get(account.userId) ?? this.#notes.atMs;
    firstSeen.set(account.userId, createdMs);
    return userOfAccount(account, {
      connection: this.host.connection,
      logins: counted,
      createdMs,
      passwordResetMs: resetMs,
    });
  }
}

function inWords({ trigger, run }: FiredTrigger): string {
  const names = run.steps.filter(({ status }) => status !== 'not-run').map(({ name }) => name);
  const { denied } = run.effects;
  if (denied !== null) return `${trigger} runs ${names.join(', ')}: ${denied.by} denies`;
  return `${trigger} runs ${names.join(', ')}${run.failed === null ? '' : `: ${run.failed.detail}`}`;
}

/** The account with this id as events would leave it. */
export function accountAfter(
  session: FlowSession,
  events: readonly MigrationEvent[],
  userId: string,
): Account | null {
  let account = session.accounts.any(userId);
  for (const event of events) {
    if (event.type !== 'logged' && eventUserId(event) === userId) account = applyEvent(account, event);
  }
  return account;
}

/** Whom a decision is about: the one who is created, changed or named in the log. */
export function subjectOf(events: readonly MigrationEvent[]): string | null {
  for (const event of events) {
    if (event.type !== 'logged') return eventUserId(event);
  }
  const log = events.find((event) => event.type === 'logged' && event.userId !== '');
  return log?.type === 'logged' ? log.userId.replace(/^auth0\|/, '') : null;
}

/** What writing the metadata changes in an account. */
export function metadataEvents(
  account: Account,
  changes: readonly MetadataChange[],
): readonly MigrationEvent[] {
  if (changes.length === 0) return [];
  const stores = new Set(changes.map(({ store }) => store));
  const after = {
    ...(stores.has('user_metadata')
      ? { userMetadata: metadataAfter(account.userMetadata, changes, 'user_metadata') }
      : {}),
    ...(stores.has('app_metadata')
      ? { appMetadata: metadataAfter(account.appMetadata, changes, 'app_metadata') }
      : {}),
  };
  return [{ type: 'account-updated', userId: account.userId, changes: after }];
}
