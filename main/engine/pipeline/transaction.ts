import { type Difference, compareRuns, type ComparedRun } from '#domain/pipeline/compare-runs.ts';
import type { Denial, MetadataChange, Notice } from '#domain/pipeline/effects.ts';
import { metadataAfter } from '#domain/pipeline/metadata-limits.ts';
import { eventUser, type PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import { type TokenView, tokenView } from '#domain/pipeline/tokens.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import { runTrigger } from '#engine/pipeline/run-trigger.ts';
import type { TriggerRun } from '#engine/pipeline/step-run.ts';

/** One trigger of a transaction, with the reason why it runs. */
export interface FiredTrigger {
  readonly trigger: TriggerName;
  readonly because: string;
  readonly run: TriggerRun;
}

export interface Tokens {
  readonly id: TokenView | null;
  readonly access: TokenView;
}

/** What the pipeline did for one person in one step of a story. */
export interface PipelinePass {
  readonly host: PipelineHost;
  readonly around: Surroundings;
  readonly fired: readonly FiredTrigger[];
  readonly user: PipelineUser | null;
  readonly tokens: Tokens | null;
  readonly metadata: readonly MetadataChange[];
  readonly denied: Denial | null;
  readonly failed: TriggerRun['failed'];
  readonly notices: readonly Notice[];
}

export function passOf(
  host: PipelineHost,
  around: Surroundings,
  fired: readonly FiredTrigger[],
  user: PipelineUser | null,
): PipelinePass {
  const effects = fired.map(({ run }) => run.effects);
  const denied = effects.find((one) => one.denied !== null)?.denied ?? null;
  const failed = fired.find(({ run }) => run.failed !== null)?.run.failed ?? null;
  const tokens = tokensOf(host, around, fired, user);
  const metadata = effects.flatMap((one) => one.metadata);
  const stopped = denied !== null || failed !== null;
  const notices = [
    ...effects.flatMap((one) => one.notices),
    ...(stopped || tokens === null ? [] : tokenNotices(tokens)),
  ];
  return { host, around, fired, user, tokens, metadata, denied, failed, notices };
}

/** Runs one trigger and adds the reason why it runs. */
export async function fire(
  host: PipelineHost,
  trigger: TriggerName,
  because: string,
  around: Surroundings,
  user: PipelineUser | null,
): Promise<FiredTrigger> {
  return { trigger, because, run: await runTrigger(host, trigger, { around, user }) };
}

function tokensOf(
  host: PipelineHost,
  around: Surroundings,
  fired: readonly FiredTrigger[],
  user: PipelineUser | null,
): Tokens | null {
  const last = fired.find(({ trigger }) => trigger === 'post-login' || trigger === 'credentials-exchange');
  if (last === undefined) return null;
  const { effects } = last.run;
  const facts = {
    issuer: around.issuer,
    clientId: around.clientId,
    audience: around.audience,
    nowMs: around.nowMs,
    rulesNeedNamespace: host.assumptions['rule-claims'] === 'namespaced-only',
  };
  const exchange = last.trigger === 'credentials-exchange';
  const seen = exchange || user === null ? null : tokenUser(host, user, effects.metadata);
  const scopes = { scopes: effects.scopes };
  const access = tokenView(seen, effects.accessClaims, { ...facts, ...scopes, token: 'access' });
  const bare = tokenView(seen, [], { ...facts, scopes: around.scopes, token: 'access' });
  return {
    // Scopes decide about the ID token as they were asked for.
    id: exchange ? null : tokenView(seen, effects.idClaims, { ...facts, scopes: around.scopes, token: 'id' }),
    access: { ...access, before: bare.before },
  };
}

/** The user as a token shows them: after the metadata of the login are written. */
function tokenUser(host: PipelineHost, user: PipelineUser, changes: readonly MetadataChange[]) {
  const { appMetadata, userMetadata } = user.profile;
  const profile = {
    ...user.profile,
    appMetadata: metadataAfter(appMetadata, changes, 'app_metadata'),
    userMetadata: metadataAfter(userMetadata, changes, 'user_metadata'),
  };
  return seenUser(host, { ...user, profile });
}

export function seenUser(host: PipelineHost, user: PipelineUser) {
  return eventUser(user, host.assumptions['action-user-other-attributes'] === 'shown');
}

function tokenNotices({ id, access }: Tokens): readonly Notice[] {
  return [id, access].flatMap((token, index) => {
    const kind = index === 0 ? 'ID token' : 'access token';
    const dropped = (token?.dropped ?? []).map(({ name, by, why, line }) => ({
      code: 'pipeline.claim-dropped' as const,
      detail: `${by}: ${name} (${why.replaceAll('-', ' ')})`,
      step: by,
      ...(line === undefined ? {} : { line }),
    }));
    const twice = (token?.overwritten ?? []).map(({ name, by, replaced }) => ({
      code: 'pipeline.claim-overwritten' as const,
      detail: `${by}: ${name} of ${replaced} in the ${kind}`,
      step: by,
    }));
    return [...dropped, ...twice];
  });
}

/** What is compared of a pass of post-login. */
export function comparedOf(pass: PipelinePass): ComparedRun {
  return {
    user: pass.user === null ? {} : seenUser(pass.host, pass.user),
    denied: pass.denied,
    failed: pass.failed !== null,
    metadata: pass.metadata,
    idToken: pass.tokens?.id?.after ?? {},
    accessToken: pass.tokens?.access.after ?? {},
  };
}

export function differencesOf(before: PipelinePass, after: PipelinePass): readonly Difference[] {
  return compareRuns(comparedOf(before), comparedOf(after));
}
