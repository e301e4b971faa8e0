import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

/** What is wrong with the files of Actions, Rules and Hooks. Nothing runs to find it. */
export const pipelineProjectCatalog = {
  'pipeline.file-invalid': {
    severity: 'error',
    title: 'file of the pipeline cannot be used',
    meaning:
      'A JSON file of an Action, a Rule, a Hook or the triggers is no JSON, or lacks what the deploy tool needs. The tool would stop at it.',
    fix: 'Correct the file at the given place, or export it from the tenant again.',
  },
  'pipeline.code-missing': {
    severity: 'error',
    title: 'code of the pipeline is missing',
    meaning:
      'A file names code that is not there or cannot be read, so nothing can be rehearsed or deployed.',
    fix: 'Put the code where the file says, or correct the path. Paths of Actions start at the project, those of Rules and Hooks at their folder.',
  },
  'pipeline.code-outside': {
    severity: 'error',
    title: 'code outside the project',
    meaning: 'The path, or a link in it, leads out of the project folder. Such code is not read.',
    fix: 'Move the code into the project.',
  },
  'pipeline.code-too-large': {
    severity: 'error',
    title: 'code above the limit',
    meaning: 'A tenant takes at most 100 KB of code for an Action, and as much for all Rules together.',
    fix: 'Move data and libraries out of the code.',
  },
  'pipeline.code-syntax': {
    severity: 'error',
    title: 'code cannot be parsed',
    meaning: 'The code is not valid JavaScript, so every login that reaches it would fail.',
    fix: 'Correct the text at the given line and column.',
  },
  'pipeline.rule-semicolon': {
    severity: 'error',
    title: 'semicolon after a Rule',
    meaning:
      'A Rule is read as one expression between others. A semicolon behind the function breaks all Rules, not only this one.',
    fix: 'Remove the semicolon after the last brace.',
  },
  'pipeline.rule-not-a-function': {
    severity: 'error',
    title: 'Rule is not one function',
    meaning: 'A Rule is one function (user, context, callback) and nothing beside it.',
    fix: 'Move everything into the function.',
  },
  'pipeline.rule-stage': {
    severity: 'warning',
    title: 'Rule of a stage that is never run',
    meaning: 'Only Rules of the stage login_success run; this one never does.',
    fix: 'Set "stage" to login_success, or remove the Rule.',
  },
  'pipeline.name-taken': {
    severity: 'error',
    title: 'two of the same name',
    meaning: 'Actions and Rules are known by their names, so the second one would replace the first.',
    fix: 'Rename one of them.',
  },
  'pipeline.trigger-unknown': {
    severity: 'error',
    title: 'no such trigger',
    meaning: 'Actions are bound to a trigger that no tenant has.',
    fix: 'Correct the name in triggers.json.',
  },
  'pipeline.trigger-not-rehearsed': {
    severity: 'note',
    title: 'trigger outside the rehearsal',
    meaning:
      'A tenant runs these Actions at a moment that no flow here reaches: sending a message, exchanging a foreign token, delivering an event.',
    fix: 'Test these Actions in a tenant.',
  },
  'pipeline.action-unknown': {
    severity: 'error',
    title: 'bound Action is missing',
    meaning: 'triggers.json binds an Action that the actions folder does not have.',
    fix: 'Add the Action, or remove the binding.',
  },
  'pipeline.action-wrong-trigger': {
    severity: 'error',
    title: 'Action bound to a trigger it is not made for',
    meaning: 'An Action is made for one trigger, and a tenant refuses to bind it to another.',
    fix: 'Correct "supported_triggers" of the Action or the binding.',
  },
  'pipeline.action-unbound': {
    severity: 'note',
    title: 'Action that nothing runs',
    meaning: 'No trigger binds this Action, so no tenant runs it and neither does a rehearsal.',
    fix: 'Bind it in triggers/triggers.json, or leave it.',
  },
  'pipeline.handler-missing': {
    severity: 'error',
    title: 'Action without its handler',
    meaning: 'The code does not export the function that its trigger calls, so the Action does nothing.',
    fix: 'Export the named function.',
  },
  'pipeline.secret-missing': {
    severity: 'error',
    title: 'secret of the pipeline has no value',
    meaning:
      'An Action, a Rule or a Hook reads a secret whose marker nobody filled in. Exports of a tenant never hold the values.',
    fix: 'Write ##NAME## as the value and give NAME in the environment or in .userferry/secrets.json.',
  },
  'pipeline.secret-in-clear-text': {
    severity: 'warning',
    title: 'secret written out in a file',
    meaning: 'The value of a secret stands in a file that goes to git.',
    fix: 'Write ##NAME## instead, and give NAME in the environment or in .userferry/secrets.json.',
  },
  'pipeline.limit-exceeded': {
    severity: 'error',
    title: 'more than a tenant allows',
    meaning:
      'Numbers and lengths have limits: 20 Actions a trigger (4 for a reset), 30 secrets, 10 dependencies, 128 characters for a name of a secret, 4096 for its value.',
    fix: 'Stay below the limit that the message names.',
  },
  'pipeline.native-module': {
    severity: 'error',
    title: 'module with native parts',
    meaning: 'Actions take no modules with native parts. It would load here and not in a tenant.',
    fix: 'Use a module written in JavaScript, or node:crypto.',
  },
  'pipeline.dependency-not-declared': {
    severity: 'error',
    title: 'module is not among the dependencies',
    meaning: 'An Action finds only builtin modules and its own dependencies.',
    fix: 'Add the module to "dependencies" of the Action.',
  },
  'pipeline.dependency-not-rehearsed': {
    severity: 'warning',
    title: 'dependency that the rehearsal does not have',
    meaning:
      'The module, or this version of it, is not part of the sandbox. Where the Action requires it, the run fails or uses another version.',
    fix: 'See "userferry modules" for what there is. The Action may be right all the same.',
  },
  'pipeline.hook-name': {
    severity: 'warning',
    title: 'name that a Hook may not have',
    meaning:
      'Names of Hooks consist of letters, digits, spaces and dashes, with a letter or digit at both ends.',
    fix: 'Rename the Hook.',
  },
  'pipeline.hook-several': {
    severity: 'error',
    title: 'several Hooks at one point',
    meaning: 'A tenant runs one enabled Hook at each point.',
    fix: 'Disable all but one of them.',
  },
  'pipeline.end-of-life': {
    severity: 'warning',
    title: 'Rules and Hooks are past their end of life',
    meaning:
      'Since 2026-11-18 no tenant runs Rules and Hooks. What they did has to be done by Actions, or it is no longer done.',
    fix: 'Move them to Actions: "userferry lint" names what replaces each construct. "--pipeline actions+rules" rehearses them as they were.',
  },
  'pipeline.construct-replaced': {
    severity: 'note',
    title: 'construct of a Rule or Hook with a successor',
    meaning: 'What this code uses exists in Rules and Hooks only. Actions have another way for it.',
    fix: 'Use what the message names when you move the code to an Action.',
  },
  'pipeline.construct-gone': {
    severity: 'warning',
    title: 'construct of a Rule or Hook without a successor',
    meaning: 'Actions have nothing that does the same, so the code cannot be moved as it is.',
    fix: 'Follow the hint of the message, and test the Action in a tenant.',
  },
} as const satisfies Record<`pipeline.${string}`, CatalogEntry>;
