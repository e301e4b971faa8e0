/** Programs that are no database action scripts: how each is wrapped, evaluated and called. */
import { type ActionInput, runAction } from './action.ts';
import { HOOK_ERRORS, type HookInput, runHook } from './hook.ts';
import { auth0Object, type Rule, type RuleInput, runRule } from './rules.ts';

type Callback = (error?: unknown, value?: unknown) => void;
export type ProgramCall = (input: never, callback: Callback) => unknown;
type Factory = (...given: unknown[]) => unknown;

interface Given {
  readonly require: unknown;
  readonly configuration: object;
}

/** Evaluates the program once. Its answer takes the host's input and a callback, as a script takes its arguments. */
type Evaluate = (factory: Factory, given: Given) => ProgramCall;

const SCRIPT_ERRORS = ['WrongUsernameOrPasswordError', 'ValidationError', 'UnauthorizedError'];

/** What database action scripts find on the global and these programs do not. */
function withoutGlobals(names: readonly string[]): void {
  for (const name of names) Reflect.deleteProperty(globalThis, name);
}

const EVALUATE: Readonly<Record<string, Evaluate>> = {
  action: (factory, { require }) => {
    withoutGlobals(SCRIPT_ERRORS);
    const module = { exports: {} };
    factory(require, module, module.exports);
    return async (input: ActionInput, callback: Callback) => {
      callback(null, await runAction(module.exports, input));
    };
  },
  rules: (factory, { require, configuration }) => {
    withoutGlobals(SCRIPT_ERRORS.slice(0, 2));
    const module = { exports: {} };
    const rules = factory(require, module, module.exports, Object.freeze({ ...configuration }), auth0Object);
    return (input: RuleInput, callback: Callback) => runRule(rules as readonly Rule[], input, callback);
  },
  hook: (factory, { require }) => {
    withoutGlobals(SCRIPT_ERRORS);
    const module = { exports: {} };
    factory(require, module, module.exports, ...HOOK_ERRORS);
    return (input: HookInput, callback: Callback) => runHook(module.exports, input, callback);
  },
};

/** Null for the slots of database action scripts. */
export function evaluatorOf(slot: string): Evaluate | null {
  return Object.hasOwn(EVALUATE, slot) ? EVALUATE[slot]! : null;
}
