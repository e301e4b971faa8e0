import type { Json } from '#domain/json.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import type { HookPoint } from '#domain/pipeline/triggers.ts';

/** Positional arguments of a Hook before its callback. */
export function hookArguments(
  point: HookPoint,
  around: Surroundings,
  user: PipelineUser | null,
  secrets: Readonly<Record<string, string>>,
): readonly Json[] {
  const { tenant, connection } = around;
  const webtask = { secrets };
  if (point === 'credentials-exchange') {
    const client = { name: around.clientName, id: around.clientId, tenant, metadata: {} };
    return [client, around.scopes, around.audience ?? '', { webtask }];
  }
  if (user === null) throw new Error('our bug: a hook about a user without one');
  const { profile, passwordResetMs } = user;
  if (point === 'post-change-password') {
    const changed = {
      id: profile.userId ?? '',
      username: profile.username ?? '',
      email: profile.email ?? '',
      last_password_reset: new Date(passwordResetMs ?? around.nowMs).toISOString(),
    };
    return [changed, { connection: { id: 'con_0000000000000000', name: connection, tenant }, webtask }];
  }
  const context = {
    requestLanguage: 'en',
    renderLanguage: 'en',
    connection: { id: 'con_0000000000000000', name: connection, tenant },
    webtask,
  };
  const shared = {
    tenant,
    username: profile.username ?? '',
    email: profile.email ?? '',
    emailVerified: profile.emailVerified,
    phoneNumber: profile.phoneNumber ?? '',
    phoneNumberVerified: profile.phoneVerified,
  };
  // The real Hook gets the password in clear text; a rehearsal has no reason to hand out one.
  if (point === 'pre-user-registration')
    return [{ ...shared, password: 'not-shown-in-a-rehearsal' }, context];
  const metadata = { user_metadata: profile.userMetadata ?? {}, app_metadata: profile.appMetadata ?? {} };
  return [{ ...shared, id: profile.userId ?? '', ...metadata }, context];
}
