import type { Slot } from '#domain/migration/slots.ts';

/** Name and type of a slot's parameters before `callback`, by position: scripts may call them what they like. */
export const PARAMETERS: Readonly<Record<Slot, readonly string[]>> = {
  login: ['string', 'string'],
  get_user: ['string'],
  create: ['UserferryNewUser'],
  verify: ['string'],
  change_password: ['string', 'string'],
  change_email: ['string', 'string', 'boolean'],
  delete: ['string'],
};

/** Type of the callback of each slot. */
export const CALLBACKS: Readonly<Record<Slot, string>> = {
  login: 'UserferryProfileCallback',
  get_user: 'UserferryFoundCallback',
  create: 'UserferryDoneCallback',
  verify: 'UserferryChangedCallback',
  change_password: 'UserferryChangedCallback',
  change_email: 'UserferryChangedCallback',
  delete: 'UserferryDoneCallback',
};

/** What the tenant gives every script, as declarations. */
export const CONTRACT_TYPES = `
/** A user as login and get_user hand it over. */
interface UserferryProfile {
  /** Stays the same for a person for ever. The tenant writes "auth0|" before it. */
  user_id?: string | number;
  /** Used where there is no user_id. */
  id?: string | number;
  email?: string | null;
  /** Without it the address counts as not verified. */
  email_verified?: boolean;
  username?: string | null;
  phone_number?: string | null;
  phone_verified?: boolean;
  name?: string | null;
  nickname?: string | null;
  given_name?: string | null;
  family_name?: string | null;
  /** Address of a picture, https. */
  picture?: string | null;
  blocked?: boolean;
  /** What users may change themselves. */
  user_metadata?: { [name: string]: any };
  /** What only the application may change: roles, plans, groups. */
  app_metadata?: { [name: string]: any };
  mfa_factors?: any[];
  [name: string]: any;
}

/** The user that somebody signs up. */
interface UserferryNewUser {
  email: string;
  password: string;
  username?: string;
  phone_number?: string;
  tenant: string;
  client_id: string;
  connection: string;
  user_metadata?: { [name: string]: any };
  app_metadata?: { [name: string]: any };
  [name: string]: any;
}

/** Facts about the request, where the connection's script context is switched on. */
interface UserferryContext {
  [name: string]: any;
}

/** Ends a login: an error, or null and the profile of the person. Call it exactly once. */
type UserferryProfileCallback = (error?: Error | null, profile?: UserferryProfile) => void;
/** Ends a search: an error; null and the profile; or null alone, if there is no such user. Call it exactly once. */
type UserferryFoundCallback = (error?: Error | null, profile?: UserferryProfile | null) => void;
/** Ends a change: an error, or null and whether anything was changed. Call it exactly once. */
type UserferryChangedCallback = (error?: Error | null, changed?: boolean) => void;
/** Ends the script: an error, or null. Call it exactly once. */
type UserferryDoneCallback = (error?: Error | null, value?: any) => void;

/** The name or the password is wrong: the login form says so, and nobody is created. */
declare class WrongUsernameOrPasswordError extends Error {
  constructor(userIdOrEmail?: any, message?: string);
  readonly code: 'wrongusernameorpassword';
  readonly user_id: any;
}
/** What was entered cannot be accepted; the message is shown to the person. */
declare class ValidationError extends Error {
  constructor(code?: string, message?: string);
  readonly code: string;
  readonly description: string;
}
/** The person is known and must not come in. */
declare class UnauthorizedError extends Error {
  constructor(message?: string);
  readonly code: 'unauthorized';
}
`;

/** Enough of the language's surroundings where the types of Node are not there. */
export const SURROUNDINGS_WITHOUT_TYPES = `
declare const require: (name: string) => any;
declare const global: any;
declare const process: any;
declare const Buffer: any;
declare const console: { log(...values: any[]): void; info(...values: any[]): void; warn(...values: any[]): void; error(...values: any[]): void };
declare const setTimeout: (work: (...values: any[]) => void, ms?: number, ...values: any[]) => any;
declare const clearTimeout: (timer: any) => void;
declare const fetch: (input: any, options?: any) => Promise<any>;
`;

/** The names of one connection's \`configuration\`; whatever else is read from it is not there. */
export function configurationTypes(names: readonly string[]): string {
  const members = names.map((name) => `  readonly ${JSON.stringify(name)}: string;`).join('\n');
  return `/** Values of the connection's settings. They are texts, always. */\ndeclare const configuration: {\n${members}\n};\n`;
}

/** Modules that can be required and whose types nobody ships, or of which another version is asked for. */
export function untypedModules(names: readonly string[]): string {
  return names
    .map((name) => `declare module ${JSON.stringify(name)} { const module: any; export = module; }`)
    .join('\n');
}
