'use strict';
// The counterpart of `bench/sandbox.ts`: calls scripts in plain Node with the drivers of the sandbox, many at once.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const load = createRequire(join(__dirname, '..', 'build', 'sandbox-packages', 'package.json'));
const scripts = new Map();

process.on('message', ({ id, text, args, configuration }) => {
  let script = scripts.get(text);
  if (script === undefined) {
    // oxlint-disable-next-line typescript/no-implied-eval -- running the text is what this process is for
    script = new Function('require', 'configuration', `return (${text}\n)`)(load, configuration);
    scripts.set(text, script);
  }
  script(...args, (error, value) =>
    process.send({ id, error: error?.message ?? null, value: value ?? null }),
  );
});
