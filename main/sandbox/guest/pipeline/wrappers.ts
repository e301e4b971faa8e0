/** How the text of a program is compiled: what stands before and behind it. The worker and the guest share this. */
export interface Wrapper {
  readonly before: string;
  readonly after: string;
}

const MODULE = 'require, module, exports';

/** Actions and Hooks are CommonJS modules; Rules come as a list of expressions, each in parentheses. */
export const PROGRAM_WRAPPERS: Readonly<Record<string, Wrapper>> = {
  action: { before: `(function (${MODULE}) {`, after: '\n})' },
  rules: { before: `(function (${MODULE}, configuration, auth0) { return [`, after: '\n]; })' },
  hook: {
    before: `(function (${MODULE}, PreUserRegistrationError, InvalidScopeError, InvalidRequestError, ServerError) { return (function () {`,
    after: '\n}).call(this); })',
  },
};
