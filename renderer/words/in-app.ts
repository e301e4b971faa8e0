/**
 * Texts of the engine speak to whoever uses the command line: they name its commands and options. Here stands what the
 * app has in their place. The first that fits is taken, so what is longer comes first.
 */
interface Term {
  readonly cli: RegExp;
  /** `$1` and so on stand for what was found. */
  readonly app: string;
  /** Names on controls that this text relies on: they must be there. */
  readonly controls?: readonly string[];
}

const TERMS: readonly Term[] = [
  // Whole turns of phrase that would make no sense word by word.
  { cli: /Without --at-once a rehearsal does the same\./g, app: 'A rehearsal does the same.' },
  {
    cli: /Name roles with --role where the Action depends on them\./g,
    app: 'Where the Action depends on roles, try it in the tenant too.',
  },
  {
    cli: /Write one with: userferry audit --against … --list people\.ndjson/g,
    app: 'Write one with “Save the list” as NDJSON, with everybody in it',
    controls: ['Save the list'],
  },
  { cli: /written without --state and --domain/g, app: 'saved without a filter' },
  { cli: / \(userferry audit marker\)/g, app: '' },
  { cli: / \(userferry hash\)| with userferry hash\b/g, app: '' },
  { cli: / with "userferry report [^"]*"/g, app: '' },
  { cli: / \(--pipeline actions insists\)/g, app: '' },
  {
    cli: /Leave --current out, or use --format management-api\./g,
    app: 'Leave “The connection as the tenant has it now” empty, or choose “Management API”.',
    controls: ['The connection as the tenant has it now', 'Management API'],
  },
  {
    cli: /export again with --current connection\.json/g,
    app: 'name it as “The connection as the tenant has it now”',
    controls: ['The connection as the tenant has it now'],
  },
  { cli: /ask with --run-scripts/g, app: 'press “Run the scripts now”', controls: ['Run the scripts now'] },
  {
    cli: /"?userferry try login --pipeline actions"?/g,
    app: '“Try” on the Scripts screen, with Actions after the script',
    controls: ['After the script'],
  },
  {
    cli: /"?userferry trials delete [^"\s]+"?/g,
    app: '“Delete” in its menu on the Trials screen',
    controls: ['Delete'],
  },
  { cli: /"?userferry trials compare"?/g, app: '“Compare” on the Trials screen', controls: ['Compare'] },
  { cli: /"?userferry trials list"?/g, app: 'the Trials screen' },
  { cli: /userferry trial resume/g, app: '“Resume” on the Trials screen', controls: ['Resume'] },
  { cli: /userferry trial mixed --order ([\w-]+)/g, app: 'a mixed trial with order $1' },
  { cli: /userferry trial (bulk|lazy|mixed)/g, app: 'a $1 trial' },
  { cli: /"?userferry explain --list lint"?/g, app: 'the page on script rules' },
  { cli: /"?userferry explain(?: CODE)?"?/g, app: 'the report' },
  { cli: /"?userferry assumptions"?/g, app: 'the Assumptions screen' },
  {
    cli: /"?userferry modules"?/g,
    app: 'the Diagnostics screen',
    controls: ['Modules that scripts may require'],
  },
  { cli: /"?userferry lint"?/g, app: 'the list of problems under the script' },
  { cli: /"?userferry check"?/g, app: '“Check the project” in Settings', controls: ['Check the project'] },
  { cli: /"?userferry init"?/g, app: '“New project”', controls: ['New project'] },
  { cli: /"?userferry legacy inspect"?/g, app: '“Propose” under Legacy, Mapping', controls: ['Propose'] },
  { cli: /"?userferry export"?/g, app: 'the Export screen' },
  { cli: /"?userferry audit"?/g, app: 'the Audit screen' },
  // Options, by the control that says the same.
  { cli: /--depth (\w+)/g, app: 'at depth $1' },
  { cli: /--order (lazy|bulk)-first/g, app: 'order $1 first' },
  {
    cli: /"--pipeline actions\+rules"/g,
    app: '“After a login: Actions and Rules”',
    controls: ['After a login', 'Actions and Rules'],
  },
  {
    cli: /--pipeline actions\+rules/g,
    app: '“After a login: Actions and Rules”',
    controls: ['After a login', 'Actions and Rules'],
  },
  { cli: /"?--pipeline actions"?/g, app: '“After a login: Actions”', controls: ['After a login'] },
  { cli: /--pipeline off/g, app: '“After a login: nothing”', controls: ['After a login'] },
  { cli: /leave out --pipeline/g, app: 'choose “nothing” after a login', controls: ['After a login'] },
  {
    cli: /--columns "Heading=user_id"/g,
    app: '“Renamed columns”, as Heading=user_id',
    controls: ['Renamed columns'],
  },
  { cli: /--access-log/g, app: '“Access log”', controls: ['Access log'] },
  { cli: /--log-user(?: COLUMN)?/g, app: '“Column of the user”', controls: ['Column of the user'] },
  { cli: /--log-time(?: COLUMN)?/g, app: '“Column of the time”', controls: ['Column of the time'] },
  { cli: /--log-only/g, app: '“Only lines with”', controls: ['Only lines with'] },
  { cli: /--log-\w+(?: COLUMN)?/g, app: 'the fields beside “Access log”', controls: ['Access log'] },
  {
    cli: /--lazy-days/g,
    app: '“Who logs in: seen in the last”',
    controls: ['Who logs in: seen in the last'],
  },
  { cli: /--days/g, app: '“Days”', controls: ['Days'] },
  { cli: /--cutover/g, app: '“Cutover”', controls: ['Cutover'] },
  { cli: /--import-since/g, app: '“Import has been on”', controls: ['Import has been on'] },
  {
    cli: /--only/g,
    app: '“Trial with these users” in a list of the report',
    controls: ['Trial with these users'],
  },
  { cli: /--trials/g, app: '“Trials that stand for it”', controls: ['Trials that stand for it'] },
  {
    cli: /--allow-unvalidated/g,
    app: '“Export scripts that no trial stands for”',
    controls: ['Export scripts that no trial stands for, labelled unvalidated'],
  },
  {
    cli: /--accept-random-passwords/g,
    app: '“Accept that users without a usable hash get a random password”',
    controls: ['Accept that users without a usable hash get a random password'],
  },
  {
    cli: /--allow\b(?!-)/g,
    app: '“Failed users that are accepted”',
    controls: ['Failed users that are accepted'],
  },
  {
    cli: /Add --force to replace it/g,
    app: 'Switch on “Replace an export of ours that is in that folder”',
    controls: ['Replace an export of ours that is in that folder'],
  },
];

/** Names of controls that texts rely on. */
export const NAMED_CONTROLS: readonly string[] = [...new Set(TERMS.flatMap(({ controls = [] }) => controls))];

/** A text of the engine as the app says it: with its own actions in place of commands and options. */
export function inApp(text: string): string {
  if (!text.includes('--') && !text.includes('userferry ')) return text;
  return TERMS.reduce((said, { cli, app }) => said.replaceAll(cli, app), text);
}
