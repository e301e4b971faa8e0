import type { Json, JsonObject } from '#domain/json.ts';
import { eventUser, type PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import {
  clientOf,
  connectionOf,
  requestOf,
  type Surroundings,
  transactionOf,
} from '#domain/pipeline/surroundings.ts';
import type { TriggerName } from '#domain/pipeline/triggers.ts';

/** What an `event` is made from. `user` is null where nobody is involved. */
export interface EventFacts {
  readonly around: Surroundings;
  readonly user: PipelineUser | null;
  readonly roles: readonly string[];
  /** What earlier Actions of the transaction put aside. */
  readonly transaction: JsonObject;
  /** Query of the continue endpoint; null before a redirect. */
  readonly query: Readonly<Record<string, string>> | null;
  readonly withOther: boolean;
  /** Claims and scopes that earlier Actions of an exchange asked for. */
  readonly claims: JsonObject;
}

/** The event of a trigger, without the secrets of the Action that gets it. */
export function eventOf(trigger: TriggerName, facts: EventFacts): JsonObject {
  const { around, user } = facts;
  const request = requestOf(facts.query ?? {}, around.body);
  const tenant = { id: around.tenant };
  const shared = { tenant, connection: connectionOf(around), request };
  switch (trigger) {
    case 'post-login':
    case 'password-reset-post-challenge':
      return {
        ...shared,
        client: clientOf(around),
        user: fullUser(facts),
        stats: { logins_count: user?.logins ?? 0 },
        authentication: { methods: [methodOf(trigger, around.nowMs)] },
        authorization: { roles: facts.roles },
        ...(around.audience === null ? {} : { resource_server: { identifier: around.audience } }),
        session: { id: 'rehearsal-session' },
        transaction: transactionOf(around, facts.transaction),
        security_context: {},
      };
    case 'pre-user-registration':
      return {
        ...shared,
        client: clientOf(around),
        user: newcomer(user),
        transaction: transactionOf(around, facts.transaction),
        security_context: {},
      };
    case 'post-user-registration': {
      const { identities: _i, enrolledFactors: _e, multifactor: _m, ...registered } = fullUser(facts);
      return { ...shared, user: registered, transaction: transactionOf(around, facts.transaction) };
    }
    case 'post-change-password':
      return { ...shared, user: changedUser(facts), transaction: { correlation_id: 'rehearsal' } };
    case 'credentials-exchange':
      return {
        tenant,
        request,
        client: clientOf(around),
        accessToken: { customClaims: facts.claims, scope: around.scopes },
        resource_server: { identifier: around.audience ?? '' },
        transaction: { requested_scopes: around.scopes },
      };
    default:
      return trigger satisfies never;
  }
}

function fullUser({ user, withOther }: EventFacts): JsonObject {
  if (user === null) throw new Error('our bug: an event about a user without one');
  return eventUser(user, withOther);
}

/** Nobody is in the store yet: no id, and never a password. */
function newcomer(user: PipelineUser | null): JsonObject {
  if (user === null) throw new Error('our bug: a registration without a user');
  const shown: Record<string, Json> = {};
  const full = eventUser(user, false);
  for (const name of NEWCOMER) if (full[name] !== undefined) shown[name] = full[name];
  return shown;
}

const NEWCOMER =
  'email username phone_number name nickname given_name family_name picture user_metadata app_metadata'.split(
    ' ',
  );
const CHANGED = 'user_id email email_verified username phone_number phone_verified last_password_reset'.split(
  ' ',
);

function changedUser(facts: EventFacts): JsonObject {
  const full = fullUser(facts);
  return Object.fromEntries(
    CHANGED.flatMap((name) => (full[name] === undefined ? [] : [[name, full[name]]])),
  );
}

function methodOf(trigger: TriggerName, nowMs: number): JsonObject {
  const name = trigger === 'post-login' ? 'pwd' : 'email';
  return { name, timestamp: new Date(nowMs).toISOString() };
}
