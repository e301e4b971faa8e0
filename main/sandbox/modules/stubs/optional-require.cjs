'use strict';
// The optional-require package looks modules up on disk; here nothing optional is there to be found.
const absent = () => undefined;
absent.resolve = () => undefined;
module.exports = Object.assign(() => absent, {
  optionalRequire: absent,
  tryRequire: absent,
  makeOptionalRequire: () => absent,
});
