import { rule } from '#domain/diagnostics/script-rule.ts';

/** Shape, completion, errors, time and shared state. */
export const BEHAVIOUR_RULES = [
  rule(1, 'The text is one function and nothing else', { both: ['script.does-not-compile'] }),
  rule(2, 'The function has a name', { text: ['lint.anonymous-function'] }),
  rule(
    3,
    'Its parameters are those of the slot, with `context` before `callback` where the connection has it',
    {
      text: ['lint.wrong-arity', 'lint.context-missing'],
    },
  ),
  rule(4, 'Every path reaches the callback', {
    both: ['script.never-called-back'],
    run: ['script.promise-value-ignored'],
  }),
  rule(5, 'The callback is called exactly once', {
    both: ['script.called-twice', 'script.never-called-back'],
    text: ['lint.callback-per-event'],
    run: ['script.called-back-late'],
  }),
  rule(6, 'Nothing follows the callback on its path', {
    both: ['script.work-after-callback'],
    text: ['lint.close-after-callback'],
  }),
  rule(7, 'No work is pending once the callback was called', {
    both: ['script.work-after-callback'],
    run: ['script.threw-after-callback'],
  }),
  rule(8, 'The callback waits for what was begun before it', { both: ['script.called-twice'] }),
  rule(9, 'No error is thrown out of the script, and no promise fails unheard', {
    both: ['script.threw', 'script.rejected'],
    text: ['lint.response-not-checked', 'lint.row-not-checked'],
    run: ['script.threw-after-callback', 'script.exited'],
  }),
  rule(10, 'Error events of a driver do not call back beside its callback', {
    both: ['script.called-twice'],
    text: ['lint.error-event-and-callback'],
  }),
  rule(11, 'Errors are objects of an error class', { both: ['script.error-is-no-error'] }),
  rule(12, 'login reports bad credentials with WrongUsernameOrPasswordError, and only these', {
    both: ['script.outage-as-wrong-password'],
    text: ['lint.wrong-password-as-error'],
    run: [
      'state.login-without-profile',
      'state.credentials-error-elsewhere',
      'trial.wrong-password-other-error',
    ],
  }),
  rule(13, 'Its first argument tells a wrong password from an unknown user', {
    text: ['lint.wrong-password-arguments'],
    run: ['state.wrong-password', 'state.unknown-user'],
  }),
  rule(14, 'create reports an existing user with ValidationError and user_exists', {
    text: ['lint.duplicate-as-plain-error', 'lint.validation-error-code'],
    run: ['state.script-validation-error'],
  }),
  rule(15, 'get_user says "not found" with callback(null)', {
    both: ['script.not-found-as-error', 'script.not-found-as-empty-object'],
    run: ['profile.not-an-object'],
  }),
  rule(16, 'get_user tells "not found" from "could not find out"', {
    both: ['script.outage-as-not-found'],
    text: ['lint.status-ignored', 'lint.update-result-length'],
    run: ['trial.get-user-finds-nobody'],
  }),
  rule(17, 'Messages of errors hold no secret and no SQL', {
    text: ['lint.error-message-leaks', 'lint.password-in-error'],
  }),
  rule(18, 'Only the properties of errors that leave a script are relied on', {
    both: ['script.error-loses-data'],
  }),
  rule(19, 'The script ends within about 20 seconds', {
    run: ['script.timed-out', 'script.blocked', 'script.out-of-memory', 'script.crashed'],
  }),
  rule(20, 'Every call has a timeout below that limit', {
    text: ['lint.no-timeout', 'lint.timeout-too-long'],
    run: ['script.timed-out'],
  }),
  rule(21, 'The text has at most 100 KB', {
    both: ['script.too-large'],
    project: ['project.script-too-large'],
  }),
  rule(22, 'The event loop is not blocked', { both: ['script.sync-hashing'], run: ['script.blocked'] }),
  rule(
    23,
    'Duration times login rate stays below the limit of executions at once',
    {},
    'Reports give the durations; the rate is known to the tenant only.',
  ),
  rule(24, 'Connections are closed on every path, or kept on `global`', {
    both: ['script.connection-left-open'],
    text: ['lint.close-after-callback'],
  }),
  rule(25, 'What is kept on `global` is made where it is missing', {
    text: ['lint.global-without-guard', 'lint.global-assumed'],
  }),
  rule(26, 'Nothing of one user is kept on `global`', { both: ['script.user-data-in-global'] }),
  rule(
    27,
    'The script works in a new container and in a used one',
    { text: ['lint.global-assumed'] },
    'Two trials, warm and fresh, compared with "userferry trials compare".',
  ),
] as const;
