import type { FlowAccount, FlowStep } from '#contract/flows.ts';
import type { Attempt } from '#contract/scripts.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { Act } from '#domain/migration/stories.ts';
import { withoutSecrets } from '#domain/profile/mfa-factors.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { maskSecrets } from '#domain/profile/secret-like.ts';
import type { StepNotes } from '#engine/flows/flow-session.ts';
import type { PipedResult } from '#engine/flows/act-with-pipeline.ts';
import type { ActResult } from '#engine/flows/run-act.ts';
import { pipelineView } from '#engine/pipeline/pipeline-view.ts';
import { toAttempt } from '#engine/scripts/to-attempt.ts';

export function accountView(account: Account): FlowAccount {
  return {
    userId: account.userId,
    state: account.state,
    origin: account.origin,
    email: account.email,
    emailVerified: account.emailVerified,
    username: account.username,
    phoneNumber: account.phoneNumber,
    name: account.name,
    nickname: account.nickname,
    blocked: account.blocked,
    credential: account.credential.kind,
    userMetadata: Object.keys(account.userMetadata ?? {}),
    appMetadata: Object.keys(account.appMetadata ?? {}),
    mfaFactors: account.mfaFactors?.length ?? 0,
  };
}

export interface StepFrame {
  readonly number: number;
  readonly preparation: boolean;
  readonly before: Account | null;
  readonly after: Account | null;
}

export function stepView(frame: StepFrame, act: Act, notes: StepNotes, result: PipedResult): FlowStep {
  const { decision } = result;
  return {
    number: frame.number,
    title: titleOf(act),
    preparation: frame.preparation,
    importMode: notes.importMode,
    at: new Date(notes.atMs).toISOString(),
    decisions: notes.decisions,
    scripts: notes.runs.map(({ slot, run }) => withoutSecretValues(toAttempt(slot, run))),
    outcome: outcomeView(result),
    events: decision.events.flatMap((event) => eventInWords(event)),
    log: decision.events.flatMap((event) =>
      event.type === 'logged'
        ? [{ type: event.log, userId: event.userId, description: event.description }]
        : [],
    ),
    // What was noticed while a script ran is with the script.
    findings: decision.findings.map(findingView),
    pipeline: result.pass === null ? null : pipelineView(result.pass, result.differences),
    before: frame.before === null ? null : accountView(frame.before),
    after: frame.after === null ? null : accountView(frame.after),
  };
}

function outcomeView({ started, decision }: ActResult): FlowStep['outcome'] {
  const { outcome } = decision;
  if (outcome.status === 'ok') return { status: 'ok' };
  const entry = catalogEntry(outcome.cause);
  return {
    status: started ? 'failed' : 'not-possible',
    cause: outcome.cause,
    title: entry?.title ?? outcome.cause,
    detail: outcome.detail,
    fix: entry?.fix ?? '',
  };
}

function findingView({ code, detail, line }: UserFinding): FlowStep['findings'][number] {
  const entry = catalogEntry(code);
  return {
    code,
    severity: entry?.severity ?? 'note',
    title: entry?.title ?? code,
    detail: line === undefined ? detail : `${detail}, line ${line}`,
    fix: entry?.fix ?? '',
  };
}

/** What a script returned, without the hashes and secrets that it should not have returned. */
export function withoutSecretValues(attempt: Attempt): Attempt {
  const { value } = attempt;
  if (!isJsonObject(value)) return attempt;
  const factors = value['mfa_factors'];
  const shown = Array.isArray(factors) ? { ...value, mfa_factors: withoutSecrets(factors) } : value;
  return { ...attempt, value: structuredClone(maskSecrets(shown).value) as Attempt['value'] };
}

function eventInWords(event: MigrationEvent): readonly string[] {
  switch (event.type) {
    case 'account-created': {
      const { userId, state, credential } = event.account;
      return [`auth0|${userId} is created: ${state}, credential ${credential.kind}`];
    }
    case 'account-updated': {
      const names = Object.keys(event.changes);
      return names.length === 0 ? [] : [`auth0|${event.userId} changes in ${names.join(', ')}`];
    }
    case 'credential-set':
      return [`auth0|${event.userId} gets the credential ${event.credential.kind}`];
    case 'state-changed':
      return [`auth0|${event.userId} goes from ${event.from} to ${event.to}`];
    case 'account-deleted':
      return [`auth0|${event.userId} is removed`];
    case 'logged':
      return [];
    default:
      return event satisfies never;
  }
}

const PASSWORDS = {
  own: 'with the legacy password',
  wrong: 'with a wrong password',
  new: 'with the new password',
  'changed-in-legacy': 'with the password changed in the legacy application',
} as const;

function titleOf(act: Act): string {
  switch (act.act) {
    case 'login': {
      const how = act.interrupted === true ? ', and the tenant stops half way' : '';
      const where = act.newAddress === true ? 'Log in under the new address' : 'Log in';
      return `${where} ${PASSWORDS[act.password]}${how}`;
    }
    case 'sign-up':
      return 'Sign up';
    case 'request-reset':
      return 'Ask for a password reset';
    case 'confirm-reset':
      return 'Follow the link and set a new password';
    case 'change-password':
      return 'An administrator sets a new password';
    case 'verify-email':
      return 'Follow the link of a verification mail';
    case 'change-email':
      return 'An administrator sets a new address';
    case 'delete':
      return 'An administrator deletes the user';
    case 'bulk-import':
      return 'A bulk import takes the legacy row';
    case 'legacy-password-changes':
      return 'The password is changed in the legacy application';
    default:
      return act satisfies never;
  }
}
