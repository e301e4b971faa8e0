import type { CatalogEntry } from '#domain/diagnostics/diagnostic.ts';

const NODE_18 = 'Migrate from Node 12 and 16 to Node 18';
/** What a script requires, and what the runtime has. */
export const lintModuleCatalog = {
  'lint.module-version-removed': {
    severity: 'error',
    title: 'version of the module was removed',
    meaning:
      'This version is on the public list of those that are not available to scripts since Node 18. The require fails.',
    fix: 'Require a version that the tenant offers, and read what changed in it.',
    reference: NODE_18,
  },
  'lint.module-gone': {
    severity: 'error',
    title: 'module taken away from scripts',
    meaning:
      'Scripts have had no client for Oracle and no bridge to .NET since June 2023. The require fails in a tenant.',
    fix: 'Put a small HTTPS service in front of the database and call that.',
  },
  'lint.module-deprecated': {
    severity: 'warning',
    title: 'module given up by its authors',
    meaning:
      'The module gets no corrections any more, and the lists of what scripts may use disagree about it.',
    fix: 'Use fetch, which the runtime has built in, or axios.',
  },
  'lint.magic-global': {
    severity: 'error',
    title: 'module used without being required',
    meaning:
      'Runtimes up to Node 12 offered some modules as globals. Newer ones do not, so this is a ReferenceError.',
    fix: 'Add a require for the module; its functions may differ from those of the old global.',
    reference: NODE_18,
  },
  'lint.undefined-name': {
    severity: 'error',
    title: 'name is not defined',
    meaning: 'Neither the script nor the runtime has this name. Reaching it throws a ReferenceError.',
    fix: 'Correct the spelling, declare it, or require the module that it stands for.',
  },
  'lint.implicit-global': {
    severity: 'warning',
    title: 'variable without a declaration',
    meaning:
      'An assignment without "let" or "const" makes a global variable, which all calls in the container share: two logins at a time overwrite each other.',
    fix: 'Declare it with "const" or "let".',
  },
  'lint.relative-require': {
    severity: 'error',
    title: 'file required that is not there',
    meaning: 'A script is one text without files beside it, so a path cannot be required.',
    fix: 'Copy what is needed into the function.',
  },
  'lint.dynamic-require': {
    severity: 'note',
    title: 'name of the module computed',
    meaning: 'Which module is required is known only when the script runs, so it cannot be checked.',
    fix: 'Write the name of the module as a plain text.',
  },
  'lint.new-buffer': {
    severity: 'warning',
    title: 'Buffer made with its constructor',
    meaning:
      'The constructor of Buffer is deprecated because it can expose memory; each container prints a warning, and it will go away.',
    fix: 'Write Buffer.from(…) or Buffer.alloc(…).',
  },
  'lint.pbkdf2-without-digest': {
    severity: 'error',
    title: 'pbkdf2 without a digest',
    meaning:
      'Old versions of Node took SHA-1 by default. Newer ones throw when the name of the digest is missing.',
    fix: "Add the digest before the callback: 'sha1' for what an old default has stored.",
  },
  'lint.removed-crypto': {
    severity: 'error',
    title: 'crypto function was removed',
    meaning: 'createCipher and createDecipher do not exist in Node 22.',
    fix: 'Use createCipheriv or createDecipheriv with a key and an initialisation vector of your own.',
  },
} as const satisfies Record<`lint.${string}`, CatalogEntry>;
