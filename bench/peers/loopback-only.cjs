'use strict';
// Loaded into every peer before its own code: whatever it listens on is for this machine only.
const { Server } = require('node:net');
const listen = Server.prototype.listen;
const host = '127.0.0.1';

Server.prototype.listen = function (first, ...rest) {
  const callback = rest.find((one) => typeof one === 'function');
  const more = callback === undefined ? [] : [callback];
  if (typeof first === 'object' && first !== null && first.port !== undefined) {
    return listen.call(this, { ...first, host }, ...more);
  }
  const port = Number(first);
  if (Number.isInteger(port) && typeof first !== 'object') return listen.call(this, { port, host }, ...more);
  return listen.call(this, first, ...rest);
};
