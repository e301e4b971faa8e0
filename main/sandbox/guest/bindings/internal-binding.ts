import { constantsOf } from '../dump.ts';
import { bufferBinding } from './buffer.ts';
import { cryptoBinding } from './crypto.ts';
import { encodingBinding } from './encoding.ts';
import { errorsBinding, uvBinding } from './errors.ts';
import { asyncContextFrameBinding, asyncWrapBinding, taskQueueBinding, timersBinding } from './event-loop.ts';
import { httpParserBinding } from './http-parser.ts';
import { icuBinding } from './icu.ts';
import { messagingBinding } from './messaging.ts';
import {
  blobBinding,
  blockListBinding,
  emptyBindings,
  osBinding,
  performanceBinding,
  snapshotBinding,
  traceEventsBinding,
  workerBinding,
} from './small.ts';
import { caresWrapBinding, pipeWrapBinding, tcpWrapBinding } from './sockets.ts';
import { streamWrapBinding, symbolsBinding } from './stream-handle.ts';
import { jsStreamBinding, tlsWrapBinding } from './tls.ts';
import { typesBinding } from './types.ts';
import { urlBinding } from './url.ts';
import { utilBinding } from './util.ts';
import { zlibBinding } from './zlib.ts';

const configBinding = {
  ...constantsOf('config'),
  hasIntl: true,
  hasInspector: false,
  hasTracing: false,
  hasNodeOptions: false,
  noBrowserGlobals: false,
  fipsMode: false,
};

const bindings: Readonly<Record<string, unknown>> = {
  ...emptyBindings,
  async_context_frame: asyncContextFrameBinding,
  async_wrap: asyncWrapBinding,
  blob: blobBinding,
  block_list: blockListBinding,
  buffer: bufferBinding,
  cares_wrap: caresWrapBinding,
  config: configBinding,
  crypto: cryptoBinding,
  encoding_binding: encodingBinding,
  errors: errorsBinding,
  http_parser: httpParserBinding,
  icu: icuBinding,
  js_stream: jsStreamBinding,
  messaging: messagingBinding,
  mksnapshot: snapshotBinding,
  os: osBinding,
  performance: performanceBinding,
  pipe_wrap: pipeWrapBinding,
  stream_wrap: streamWrapBinding,
  string_decoder: constantsOf('string_decoder'),
  symbols: symbolsBinding,
  task_queue: taskQueueBinding,
  tcp_wrap: tcpWrapBinding,
  timers: timersBinding,
  tls_wrap: tlsWrapBinding,
  trace_events: traceEventsBinding,
  types: typesBinding,
  url: urlBinding,
  util: utilBinding,
  uv: uvBinding,
  worker: workerBinding,
  zlib: zlibBinding,
};

/** What Node's lib takes for its C++ side. */
export function internalBinding(name: string): unknown {
  // Hundreds of numbers, of which each part of the lib keeps a few.
  const binding = name === 'constants' ? constantsOf(name) : bindings[name];
  if (binding === undefined) throw new Error(`The sandbox has no internal binding ${name}`);
  return binding;
}
