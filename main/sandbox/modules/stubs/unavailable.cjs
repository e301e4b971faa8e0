/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
'use strict';
// Stands in for a cloud vendor's SDK that a driver loads but needs only for a login method the sandbox lacks.
module.exports = new Proxy(
  {},
  {
    get(_target, name) {
      if (name === '__esModule' || typeof name === 'symbol') return undefined;
      return class Unavailable {
        constructor() {
          throw new Error(`${String(name)} is not available in this sandbox`);
        }
      };
    },
  },
);
