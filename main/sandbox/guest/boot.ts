/**
 * Boots Node's lib in the isolate, in the order of Node's own bootstrap, then defines the globals of scripts and the
 * entries of the worker. Evaluated once, into a context or a snapshot.
 */
import { useBuffer as useBufferInSearch } from './bindings/buffer-search.ts';
import { useBuffer as useBufferInIcu } from './bindings/icu.ts';
import { useEvents } from './bindings/messaging.ts';
import { useBuffer as useBufferInStreams } from './bindings/stream-handle.ts';
import { useLib as useLibInUrl } from './bindings/url.ts';
import { useLib as useLibInUtil } from './bindings/util.ts';
import { defineConsole } from './contract/console.ts';
import { defineErrorClasses } from './contract/errors.ts';
import { defineEntries } from './entries.ts';
import { defineGlobals } from './globals/globals.ts';
import { cutLanguageBack } from './globals/language.ts';
import { lib, overrideLib, requireLib, startLib } from './lib/lib.ts';
import { libOverrides } from './lib/overrides.ts';
import { bootProcess } from './process-boot.ts';

overrideLib(libOverrides);
startLib();
useLibInUrl(requireLib);
useLibInUtil(requireLib);
useEvents(requireLib);

requireLib('internal/errors');
lib<{ initializeDebugEnv(names: string): void }>('internal/util/debuglog').initializeDebugEnv('');
const queueMicrotask = bootProcess();

useBufferInSearch(requireLib);
useBufferInIcu(requireLib);
useBufferInStreams(requireLib);

defineGlobals(queueMicrotask);
defineConsole();
defineErrorClasses();
defineEntries();
requireLib('path');
cutLanguageBack();
