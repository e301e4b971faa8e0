import { pipelineProjectCatalog } from '#domain/diagnostics/catalog/pipeline-project.ts';
import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What runs of Actions, Rules and Hooks show, for one user or many. */
const pipelineRunCatalog = {
  'pipeline.denied': {
    severity: 'error',
    title: 'denied by an Action, a Rule or a Hook',
    meaning:
      'Everything before it went well, and then a step of the pipeline refused. The application gets an error and no token; metadata that steps asked for are written all the same.',
    fix: 'If that is meant, nothing. If not, look at what the step asks of the user.',
  },
  'pipeline.registration-denied': {
    severity: 'error',
    title: 'refused by a registration Action before the user was created',
    meaning:
      'The assumption registration-triggers-at-migration says that registration Actions run for whom a login migrates, and one of them refused. The user is not stored and every further login ends the same way.',
    fix: 'Let the Action pass users who come from the migration, for instance by what their app_metadata say.',
  },
  'pipeline.denied-after-only': {
    severity: 'error',
    title: 'denied after the migration only',
    meaning:
      'With import off the same user gets through; after the migration an Action or Rule denies the login. The script accepted the password, the user is stored, and still nobody gets in.',
    fix: 'Compare what the step reads of the user before and after, above all the case of e-mail addresses and attributes that only the script gave.',
  },
  'pipeline.denied-in-both': {
    severity: 'warning',
    title: 'denied, before the migration and after',
    meaning: 'An Action or Rule denies the login of this user whatever the migration does.',
    fix: 'If that is meant, nothing. If not, look at what the step asks of the user.',
  },
  'pipeline.denied-before-only': {
    severity: 'warning',
    title: 'denied before the migration, let in after it',
    meaning:
      'With import off a step denies this user; after the migration it does not. The migration opens a door that was closed.',
    fix: 'Look at what the step asks of the user, and whether that reaches the user store.',
  },
  'pipeline.step-failed': {
    severity: 'error',
    title: 'a step of the pipeline fails',
    meaning:
      'An Action, Rule or Hook threw, ran out of time or memory, never answered or could not be loaded. Where the flow waits for it, the login fails.',
    fix: 'Try the user alone to see the error and its line: "userferry try login --pipeline actions".',
  },
  'pipeline.background-failed': {
    severity: 'warning',
    title: 'a step that nobody waits for fails',
    meaning:
      'The flow does not wait for this trigger, so the person notices nothing; what the step should do is not done.',
    fix: 'Look at the error of the step, and let it try again or report.',
  },
  'pipeline.time-limit': {
    severity: 'error',
    title: 'the pipeline runs out of time',
    meaning:
      'All steps of a trigger together have 20 seconds. The one that was running is cut off and the flow fails.',
    fix: 'Make the steps faster, or move work out of the login.',
  },
  'pipeline.claim-lost': {
    severity: 'error',
    title: 'claim of the token lost by the migration',
    meaning:
      'With import off the token has this claim; after the migration it has not. The application may treat the user as somebody with fewer rights.',
    fix: 'Compare what the step reads of the user before and after the migration, and store what it needs in app_metadata.',
  },
  'pipeline.claim-changed': {
    severity: 'warning',
    title: 'claim of the token changed by the migration',
    meaning: 'The token has another value for this claim after the migration.',
    fix: 'Find out whether the application depends on the value: case and formats are what usually differs.',
  },
  'pipeline.claim-gained': {
    severity: 'note',
    title: 'claim of the token that is new after the migration',
    meaning: 'The token has a claim after the migration that it does not have with import off.',
    fix: 'Check that the application ignores claims it does not know.',
  },
  'pipeline.claim-dropped': {
    severity: 'warning',
    title: 'claim that no token takes',
    meaning:
      'A step sets a claim whose name is restricted, reserved or not covered by a scope. The tenant leaves it out and tells nobody.',
    fix: 'Use a name in a namespace of your own, such as https://example.com/roles, or ask for the scope.',
    reference: 'Create Custom Claims',
  },
  'pipeline.claim-overwritten': {
    severity: 'note',
    title: 'claim set twice',
    meaning:
      'Two steps set the same claim to different values, and the later one wins; or a step replaces one of the profile.',
    fix: 'Let one step be responsible for each claim.',
  },
  'pipeline.metadata-refused': {
    severity: 'warning',
    title: 'metadata that the tenant does not write',
    meaning:
      'A step writes metadata with a forbidden key, a dot or dollar sign in a key, or more than a login may write.',
    fix: 'Rename the key or write less.',
    reference: 'Metadata Field Names and Data Types',
  },
  'pipeline.argument-invalid': {
    severity: 'warning',
    title: 'argument of a wrong kind',
    meaning:
      'A method of api was called with something it does not take. The assumption action-argument-invalid says what follows.',
    fix: 'Correct the call in the named line.',
  },
  'pipeline.limit-reached': {
    severity: 'warning',
    title: 'limit of the pipeline reached',
    meaning:
      'The cache, the metadata of the transaction or the console took less than the step wanted to put there.',
    fix: 'Keep less, or keep it elsewhere.',
    reference: 'Actions Limitations',
  },
  'pipeline.call-misplaced': {
    severity: 'warning',
    title: 'call that is not possible at this point',
    meaning:
      'A method works only after a redirect, only once, or only when a refresh token is exchanged. Here it does nothing.',
    fix: 'Move the call to where it works, or ask first (canRedirect).',
  },
  'pipeline.lookup-simulated': {
    severity: 'note',
    title: 'lookup answered by the rehearsal',
    meaning:
      'Roles and groups live in the tenant. The rehearsal answers with the roles it was given and with no groups.',
    fix: 'Name roles with --role where the Action depends on them.',
  },
  'pipeline.redirect-impossible': {
    severity: 'error',
    title: 'redirect without a page',
    meaning: 'A step sends the person elsewhere in a flow that has no browser, so the login cannot go on.',
    fix: 'Ask api.redirect.canRedirect() first.',
  },
  'pipeline.continue-missing': {
    severity: 'warning',
    title: 'nobody answers after the redirect',
    meaning: 'The Action sends the person elsewhere and exports no function for their return.',
    fix: 'Export the function that the message names, and validate the token there.',
  },
  'pipeline.no-factor': {
    severity: 'error',
    title: 'second factor that the user does not have',
    meaning:
      'A step asks for a challenge with factors of which the user has none. Enrolments do not come along with a migration unless they are imported, and then the login fails.',
    fix: 'Import the enrolments (mfa_factors), or let the step enrol users who have none.',
  },
  'pipeline.enrolment-asked': {
    severity: 'note',
    title: 'user has to enrol a second factor',
    meaning: 'A step asks for a second factor and the user has none, so the login leads to an enrolment.',
    fix: 'Import the enrolments (mfa_factors), or tell users what awaits them.',
  },
  'pipeline.user-differs': {
    severity: 'note',
    title: 'steps see another user after the migration',
    meaning:
      'Attributes of event.user differ between import off and after the migration. It matters where a step reads them.',
    fix: 'Look for the named attributes in your Actions; compare texts without regard to case.',
  },
  'pipeline.metadata-differs': {
    severity: 'warning',
    title: 'steps write other metadata after the migration',
    meaning: 'What the steps write for this user differs between import off and after the migration.',
    fix: 'Look at what the step reads before it writes.',
  },
  'pipeline.rules-ran': {
    severity: 'warning',
    title: 'rehearsed with Rules or Hooks',
    meaning:
      'No tenant runs Rules and Hooks any more, since 2026-11-18. They ran here because the rehearsal was asked to.',
    fix: 'Move them to Actions, and rehearse with "--pipeline actions" to see what a tenant does today.',
  },
} as const satisfies Record<`pipeline.${string}`, CatalogEntry>;

export const pipelineCatalog = {
  ...pipelineProjectCatalog,
  ...pipelineRunCatalog,
} as const satisfies Record<`pipeline.${string}`, CatalogEntry>;
