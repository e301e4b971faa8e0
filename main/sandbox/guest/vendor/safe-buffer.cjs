'use strict';
// For the bundled libraries that ask for `safe-buffer`: the guest's own Buffer, looked up late as boot order wants.
module.exports = {
  get Buffer() {
    return globalThis.Buffer;
  },
};
