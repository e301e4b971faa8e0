/** Runs one Rule of the list that a program holds, and the `auth0` object that Rules find. */
import { type Command, type JsonValue, Recorder } from './recorder.ts';

export type Rule = (user: unknown, context: unknown, callback: unknown) => unknown;
type Callback = (error?: unknown, value?: unknown) => void;

/** What the host hands to a run, as JSON. */
export interface RuleInput {
  /** Which of the Rules, from 0. */
  readonly index: number;
  readonly user: { [key: string]: JsonValue };
  readonly context: { [key: string]: JsonValue };
}

export interface RuleOutput {
  readonly user: unknown;
  readonly context: unknown;
  readonly commands: readonly Command[];
}

let recorder = new Recorder(false);

/** The restricted client: metadata of users, and nothing else. */
export const auth0Object = {
  domain: 'rehearsal.example.auth0.com',
  accessToken: 'rehearsal',
  users: {
    updateUserMetadata: (id: unknown, metadata: unknown) => update('user.updateUserMetadata', id, metadata),
    updateAppMetadata: (id: unknown, metadata: unknown) => update('user.updateAppMetadata', id, metadata),
  },
};

function update(method: string, id: unknown, metadata: unknown): Promise<unknown> {
  if (typeof id !== 'string' || typeof metadata !== 'object' || metadata === null)
    return Promise.reject(new TypeError(`${method} needs a user id and an object`));
  recorder.command(method, [id, JSON.parse(JSON.stringify(metadata)) as JsonValue]);
  return Promise.resolve({ user_id: id });
}

/** `returned` is watched like that of every script: an async Rule that is rejected has failed. */
export function runRule(rules: readonly Rule[], input: RuleInput, callback: Callback): unknown {
  const rule = rules[input.index];
  if (typeof rule !== 'function') throw new TypeError('The rule must be one function.');
  const mine = new Recorder(false);
  recorder = mine;
  return Reflect.apply(rule, undefined, [
    input.user,
    input.context,
    (error?: unknown, user?: unknown, context?: unknown) => {
      const output: RuleOutput = {
        user: user ?? input.user,
        context: context ?? input.context,
        commands: mine.commands,
      };
      if (error) callback(error);
      else callback(null, output);
    },
  ]);
}
