#!/usr/bin/env node
// The first file of every start. It must run on any Node from 18 on, because the wrong Node does not fail
// politely: better-sqlite3 ends the process with a segmentation fault and isolated-vm throws while loading.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { USABLE_ABIS, WANTED_ABI, bundledNode, nodePackage } from './bundled-node.mjs';

const TOOL_FAILED = 2;
const RESTARTED = 'USERFERRY_RESTARTED';
/** Megabytes: what the young generation once held stays taken, and by default that is 64 and more. */
const SMALL_HEAP = '--max-semi-space-size=8';

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const source = join(root, 'main', 'hosts', 'cli', 'main.ts');
const built = join(root, 'dist', 'hosts', 'cli', 'main.js');
const entry = existsSync(source) ? source : built;

const abi = process.versions.modules;
const restarted = process.env[RESTARTED] === '1';
delete process.env[RESTARTED];

const node = abi === WANTED_ABI || restarted ? null : bundledNode(root);
if (!existsSync(entry)) {
  refuse(
    `this copy of Userferry is incomplete: ${built} is missing. Install the package again, or in a checkout run "npm run build:package".`,
  );
} else if (node !== null) {
  restartWith(node);
} else if (USABLE_ABIS.includes(abi)) {
  module.enableCompileCache?.(cacheFolder());
  await import(pathToFileURL(entry).href);
} else {
  refuse(wrongNode());
}

/** What V8 made of the program's own files, so that the next start takes half the time. The user's, nobody else's. */
function cacheFolder() {
  const { env, platform } = process;
  const base =
    platform === 'win32'
      ? env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'userferry', 'code');
}

function wrongNode() {
  const needed = `Userferry needs Node 26, and this is Node ${process.versions.node}`;
  const name = nodePackage();
  return name === null
    ? `${needed}; there is no bundled Node for ${process.platform} on ${process.arch}, so install Node 26 and start again with it.`
    : `${needed}; the Node it brings along (package ${name}) is not installed, so install Userferry again without "--omit=optional", or start it with Node 26.`;
}

function refuse(sentence) {
  process.stderr.write(`userferry: ${sentence}\n`);
  process.exitCode = TOOL_FAILED;
}

function restartWith(binary) {
  const child = spawn(binary, [SMALL_HEAP, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RESTARTED]: '1' },
  });
  // The terminal already sends Ctrl-C to both processes; whoever signals only this one must still reach the
  // child. The child counts presses that arrive together as one.
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) {
    process.on(signal, () => {
      if (process.platform !== 'win32') child.kill(signal);
    });
  }
  child.on('error', (error) => {
    refuse(
      `the bundled Node at ${binary} does not start (${error.code || error.message}); install Userferry again.`,
    );
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code === null ? TOOL_FAILED : code;
      return;
    }
    for (const name of forwarded) process.removeAllListeners(name);
    if (['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL'].includes(signal)) {
      refuse(
        `the process ended with ${signal}, which most often means a native module that does not fit this machine; install Userferry again, and if it stays please report the command you ran.`,
      );
      return;
    }
    process.kill(process.pid, signal);
  });
}
