import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';
import { Secret } from '#domain/secret.ts';
import { requestsOf } from '#sandbox/build/bundle-module.ts';
import { sandboxNodeBinary } from '#sandbox/build/node-binary.ts';
import { PATHS } from '#sandbox/build/paths.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

export type Configuration = Readonly<Record<string, string>>;

export interface HostCall {
  readonly text: string;
  readonly args: readonly Json[];
  readonly configuration: Configuration;
  readonly timeLimitMs: number;
}

/** What a run of a script came to, in the words both hosts share. */
export interface ScriptAnswer {
  readonly ending: string;
  readonly value: Json;
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code?: string;
    readonly userId?: string;
  } | null;
  /** Codes of the sandbox's findings; in plain Node, what went wrong after the callback. */
  readonly findings: readonly string[];
  readonly console: readonly string[];
  /** How often the callback was called. */
  readonly calls: number;
}

export interface TemplateHost {
  run(set: string, slot: Slot, args: readonly Json[], configuration?: Configuration): Promise<ScriptAnswer>;
  /** Connections that are open now, or that the last run of each slot left open. */
  openConnections(): Promise<number>;
  close(): Promise<void>;
}

export const HOSTS = ['plain Node', 'sandbox'] as const;
export type HostName = (typeof HOSTS)[number];

const TEMPLATES = join(import.meta.dirname, '..', '..', 'templates', 'scripts');
export const templateText = (set: string, slot: Slot): string =>
  readFileSync(join(TEMPLATES, set, `${slot}.js`), 'utf8');

const TIME_LIMIT_MS = 20_000;

/** What is told about a run that no script can help: MongoDB's driver looks for a mark of Docker and goes on without. */
const NOT_THE_SCRIPTS = new Set([
  'script.refused-feature: fs.promises.access is not available in the sandbox',
]);

/** Runs the templates of `set` with these settings where the name says; both must give the same. */
export function startTemplateHost(host: HostName, configuration: Configuration): Promise<TemplateHost> {
  return host === 'sandbox'
    ? startInSandbox(configuration)
    : Promise.resolve(startInPlainNode(configuration));
}

async function startInSandbox(base: Configuration): Promise<TemplateHost> {
  const egress = [
    { host: '127.0.0.1', port: '*' as const, because: 'test' },
    { host: 'localhost', port: '*' as const, because: 'test' },
  ];
  const runner = await createScriptRunner({ workers: 1, egress, snapshots: false });
  const leftOpen = new Map<string, number>();
  return {
    run: async (set, slot, args, configuration = base) => {
      const text = templateText(set, slot);
      const run = await runner.run({
        script: { slot, text, checksum: createHash('sha256').update(text).digest('hex') },
        args,
        password: slot === 'login' ? new Secret(args[1] as string) : null,
        configuration,
        container: 'warm',
        timeLimitMs: TIME_LIMIT_MS,
        passwordChecks: { kind: 'true' },
        detail: 'full',
      });
      leftOpen.set(`${set} ${slot}`, run.connections.filter((connection) => connection.leftOpen).length);
      return {
        ending: run.ending,
        value: run.value,
        error: run.error && errorOf(run.error),
        findings: run.findings
          .map(({ code, message }) => `${code}: ${message}`)
          .filter((line) => !NOT_THE_SCRIPTS.has(line)),
        console: run.console.map(({ text: line }) => line),
        calls: run.findings.some(({ code }) => code === 'script.called-twice') ? 2 : 1,
      };
    },
    openConnections: () => Promise.resolve(Math.max(0, ...leftOpen.values())),
    close: () => runner.close(),
  };
}

const errorOf = ({ name, message, code, userId }: NonNullable<ScriptAnswer['error']>) => ({
  name,
  message,
  ...(code === undefined ? {} : { code }),
  ...(userId === undefined ? {} : { userId }),
});

function moduleAliases(): Record<string, string> {
  const aliases: Record<string, string> = {};
  for (const module of SANDBOX_MODULES)
    for (const version of module.versions)
      for (const request of requestsOf(module, version)) aliases[request] = version.installedAs;
  return aliases;
}

function startInPlainNode(base: Configuration): TemplateHost {
  const child = fork(
    join(import.meta.dirname, 'template-script-host.ts'),
    [join(PATHS.packages, 'package.json'), JSON.stringify(moduleAliases())],
    {
      execPath: sandboxNodeBinary(),
      execArgv: ['--disable-warning=ExperimentalWarning', '--no-deprecation'],
      serialization: 'advanced',
    },
  );
  const waiting = new Map<number, (reply: unknown) => void>();
  child.on('message', ({ id, reply }: { id: number; reply: unknown }) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  });
  let next = 1;
  const ask = <Reply>(call: HostCall | 'connections'): Promise<Reply> =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve as (reply: unknown) => void);
      child.send({ id, call });
    });
  return {
    run: (set, slot, args, configuration = base) =>
      ask({ text: templateText(set, slot), args, configuration, timeLimitMs: TIME_LIMIT_MS }),
    openConnections: () => ask('connections'),
    close: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
