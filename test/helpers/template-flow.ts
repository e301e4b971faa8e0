import type { Json, JsonObject } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Configuration, ScriptAnswer, TemplateHost } from '#test/template-scripts.ts';

/** What a set of scripts is tried with: two users that exist, and one who signs up. */
export interface TemplateCase {
  readonly set: string;
  readonly configuration: Configuration;
  readonly known: { readonly password: string; readonly profile: JsonObject & { readonly email: string } };
  /** E-mail address of another user that exists. */
  readonly taken: string;
  /** The new user gets a username too. */
  readonly usernames: boolean;
  /** Further users, one for each notation of hashes that the set reads. */
  readonly more?: readonly (readonly [identifier: string, password: string])[];
}

type Outcome =
  | { readonly value: Json }
  | { readonly error: string; readonly code?: string; readonly userId?: string };
export type Transcript = Readonly<Record<string, Outcome>>;

const UNKNOWN = 'nobody@example.com';
const ADDED = { email: 'Lin.New@Example.com', username: 'lin-new', password: 'Fr1sch & neu' };
const ADDED_EMAIL = ADDED.email.toLowerCase();
const CHANGED = { password: 'n0ch neuer ä', email: 'Lin.Moved@Example.com' };

function outcome({ ending, value, error }: ScriptAnswer): Outcome {
  if (ending === 'called-back') return { value };
  if (error === null) return { error: ending };
  // The code of a plain Error is the driver's business.
  const { name, code, userId } = error;
  return {
    error: name,
    ...(code === undefined ? {} : { code }),
    ...(userId === undefined ? {} : { userId }),
  };
}

export const swapCase = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

function withoutId(result: Outcome): Outcome {
  if (!('value' in result) || result.value === null || typeof result.value !== 'object') return result;
  const { user_id: _, ...rest } = result.value as JsonObject;
  return { value: rest };
}

/** Plays a whole life of users through all scripts of a set; step by step, what came of it. */
export async function playTemplateFlow(host: TemplateHost, given: TemplateCase) {
  const transcript: Record<string, Outcome> = {};
  const trouble: string[] = [];
  const call = async (slot: Slot, ...args: Json[]): Promise<Outcome> => {
    const answer = await host.run(given.set, slot, args);
    trouble.push(...answer.findings.map((finding) => `${slot}: ${finding}`));
    return outcome(answer);
  };
  const step = async (name: string, slot: Slot, ...args: Json[]): Promise<Outcome> =>
    (transcript[name] = await call(slot, ...args));

  const { password, profile } = given.known;
  const { email } = profile;
  await step('login', 'login', email, password);
  await step('login, other case', 'login', swapCase(email), password);
  await step('login, wrong password', 'login', email, `${password}x`);
  await step('login, empty password', 'login', email, '');
  await step('login, unknown', 'login', UNKNOWN, password);
  await step('get_user', 'get_user', email);
  await step('get_user, other case', 'get_user', swapCase(email));
  await step('get_user, unknown', 'get_user', UNKNOWN);
  const { username } = profile;
  if (typeof username === 'string') {
    await step('login by username', 'login', swapCase(username), password);
    await step('get_user by username', 'get_user', username);
  }
  for (const [identifier, secret] of given.more ?? []) {
    transcript[`login ${identifier}`] = withoutId(await call('login', identifier, secret));
    await step(`login ${identifier}, wrong password`, 'login', identifier, 'not it');
  }

  const added = { ...ADDED, tenant: 'rehearsal', client_id: 'rehearsal', connection: 'legacy' };
  const { username: _, ...nameless } = added;
  const user: JsonObject = given.usernames ? added : nameless;
  await step('create, existing', 'create', { ...user, email: swapCase(email) });
  if (given.usernames && typeof username === 'string') {
    await step('create, existing username', 'create', { ...user, username: swapCase(username) });
  }
  await step('create', 'create', user);
  await step('create, again', 'create', user);
  const login = await call('login', ADDED.email, ADDED.password);
  const looked = await call('get_user', ADDED.email);
  transcript['login of the new user'] = withoutId(login);
  transcript['get_user of the new user gives the same'] = {
    value: JSON.stringify(looked) === JSON.stringify(login),
  };

  await step('verify', 'verify', ADDED.email);
  await step('verify, again', 'verify', ADDED_EMAIL);
  await step('verify, unknown', 'verify', UNKNOWN);
  transcript['get_user, verified'] = withoutId(await call('get_user', ADDED.email));

  await step('change_password', 'change_password', ADDED.email, CHANGED.password);
  await step('change_password, unknown', 'change_password', UNKNOWN, CHANGED.password);
  await step('login, old password', 'login', ADDED_EMAIL, ADDED.password);
  transcript['login, new password'] = withoutId(await call('login', ADDED_EMAIL, CHANGED.password));

  await step('change_email to one that is taken', 'change_email', ADDED_EMAIL, given.taken, true);
  await step('change_email', 'change_email', ADDED_EMAIL, CHANGED.email, false);
  await step('change_email, unknown', 'change_email', UNKNOWN, 'somebody@example.com', false);
  await step('get_user, old address', 'get_user', ADDED_EMAIL);
  const moved = await call('get_user', CHANGED.email);
  transcript['get_user, new address'] = withoutId(moved);

  const id = 'value' in moved && moved.value !== null ? (moved.value as JsonObject)['user_id'] : null;
  await step('delete', 'delete', id ?? '');
  await step('get_user, deleted', 'get_user', CHANGED.email);
  await step('delete, again', 'delete', id ?? '');
  return { transcript, trouble, openConnections: await host.openConnections() };
}

/** What every complete set has to do. `quirks` replaces steps in which a set has good reason to differ. */
export function expectedTranscript(given: TemplateCase, quirks: Transcript = {}): Transcript {
  const { profile } = given.known;
  const { email, username } = profile;
  const wrong = (identifier: string): Outcome => ({
    error: 'WrongUsernameOrPasswordError',
    code: 'wrongusernameorpassword',
    userId: identifier,
  });
  const unknown: Outcome = { error: 'WrongUsernameOrPasswordError', code: 'wrongusernameorpassword' };
  const exists: Outcome = { error: 'ValidationError', code: 'user_exists' };
  const found: Outcome = { value: profile };
  const [yes, no, none]: Outcome[] = [{ value: true }, { value: false }, { value: null }];
  const named = given.usernames ? { username: ADDED.username } : {};
  const added = (address: string, verified: boolean): Outcome => ({
    value: { email: address, email_verified: verified, ...named },
  });
  const transcript: Record<string, Outcome> = {
    login: found,
    'login, other case': found,
    'login, wrong password': wrong(email),
    'login, empty password': wrong(email),
    'login, unknown': unknown,
    get_user: found,
    'get_user, other case': found,
    'get_user, unknown': none!,
    ...(typeof username === 'string' ? { 'login by username': found, 'get_user by username': found } : {}),
    'create, existing': exists,
    ...(given.usernames && typeof username === 'string' ? { 'create, existing username': exists } : {}),
    create: none!,
    'create, again': exists,
    'login of the new user': added(ADDED_EMAIL, false),
    'get_user of the new user gives the same': yes!,
    verify: yes!,
    'verify, again': yes!,
    'verify, unknown': no!,
    'get_user, verified': added(ADDED_EMAIL, true),
    change_password: yes!,
    'change_password, unknown': no!,
    'login, old password': wrong(ADDED_EMAIL),
    'login, new password': added(ADDED_EMAIL, true),
    'change_email to one that is taken': exists,
    change_email: yes!,
    'change_email, unknown': no!,
    'get_user, old address': none!,
    'get_user, new address': added(CHANGED.email.toLowerCase(), false),
    delete: none!,
    'get_user, deleted': none!,
    'delete, again': none!,
  };
  for (const [identifier] of given.more ?? []) {
    transcript[`login ${identifier}`] = { value: { email: identifier, email_verified: true } };
    transcript[`login ${identifier}, wrong password`] = wrong(identifier);
  }
  return { ...transcript, ...quirks };
}

export const MAX_POOL = 4;
