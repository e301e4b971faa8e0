// oxlint-disable vitest/valid-title -- titles come from the sets
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#domain/json.ts';
import { SLOTS, type Slot } from '#domain/migration/slots.ts';
import { freePort } from '#test/free-port.ts';
import {
  expectedTranscript,
  MAX_POOL,
  playTemplateFlow,
  type TemplateCase,
  type Transcript,
} from '#test/template-flow.ts';
import { type Configuration, type HostName, HOSTS, startTemplateHost } from '#test/template-scripts.ts';

const ARGS: Readonly<Record<Slot, readonly Json[]>> = {
  login: ['a@example.com', 'pass-w0rd of a'],
  get_user: ['a@example.com'],
  create: [{ email: 'a@example.com', password: 'pass-w0rd of a' }],
  verify: ['a@example.com'],
  change_password: ['a@example.com', 'pass-w0rd of a'],
  change_email: ['a@example.com', 'b@example.com', true],
  delete: ['1'],
};

/** fetch keeps its connections for a few seconds, and opens a new one when a request is given up. */
export const FETCH_KEEPS = ['script.connection-left-open', 'script.work-after-callback'];

export interface TemplateSuite {
  readonly given: () => TemplateCase;
  /** Brings the store into the state that `given` describes; before each host. */
  readonly reset: () => Promise<void>;
  readonly quirks?: () => Transcript;
  /** The same settings with the store at another address. */
  readonly at: (configuration: Configuration, port: number) => Configuration;
  /** The same settings with an account that the store does not know. */
  readonly stranger: (configuration: Configuration) => Configuration;
  /** The same settings without the authority that signed the store's certificate. */
  readonly untrusting?: (configuration: Configuration) => Configuration;
  readonly maxOpen?: number;
  /** Findings that are the doing of the runtime's own code. */
  readonly tolerated?: readonly string[];
}

/** The whole of what is asked of a set, in plain Node and in the sandbox. The store has to be running. */
export function templateSuite(suite: TemplateSuite): void {
  it.each(HOSTS)('do what they should, in %s', async (name) => {
    const given = suite.given();
    await suite.reset();
    const host = await startTemplateHost(name, given.configuration);
    try {
      const { transcript, trouble, openConnections } = await playTemplateFlow(host, given);
      expect(transcript).toEqual(expectedTranscript(given, suite.quirks?.()));
      expect(trouble.filter((line) => !suite.tolerated?.some((code) => line.includes(code)))).toEqual([]);
      expect(openConnections).toBeLessThanOrEqual(suite.maxOpen ?? MAX_POOL);
    } finally {
      await host.close();
    }
  });

  const { untrusting } = suite;
  outOfReachSuite({
    set: () => suite.given().set,
    slots: SLOTS,
    at: (port) => suite.at(suite.given().configuration, port),
    stranger: () => suite.stranger(suite.given().configuration),
    ...(untrusting === undefined ? {} : { untrusting: () => untrusting(suite.given().configuration) }),
    tolerated: suite.tolerated ?? [],
  });
}

/** What every script does when the store refuses connections, and when it never answers. */
export function outOfReachSuite(suite: {
  readonly set: string | (() => string);
  readonly slots: readonly Slot[];
  readonly at: (port: number) => Configuration;
  readonly stranger: () => Configuration;
  readonly untrusting?: () => Configuration;
  readonly tolerated?: readonly string[];
}): void {
  describe('with the store out of reach', () => {
    let silent: SilentServer;
    const { slots } = suite;

    beforeAll(async () => {
      silent = await startSilentServer();
    });
    afterAll(() => silent?.close());

    const answers = async (name: HostName, lost: Configuration) => {
      const set = typeof suite.set === 'string' ? suite.set : suite.set();
      // A container of its own: a pool keeps the address that it was made with.
      const host = await startTemplateHost(name, lost);
      const runs = await Promise.all(slots.map((slot) => host.run(set, slot, ARGS[slot])));
      await host.close();
      return runs.map(({ ending, error, calls, findings, console: lines }, i) => ({
        slot: slots[i],
        ending,
        error: error?.name,
        calls,
        findings: findings.filter((line) => !suite.tolerated?.some((code) => line.startsWith(code))),
        telling: [error?.message, ...lines].filter((text) => text !== undefined && tells(text, lost)),
      }));
    };
    const inBoth = async (lost: Configuration) =>
      Object.fromEntries(
        await Promise.all(HOSTS.map(async (name) => [name, await answers(name, lost)] as const)),
      );
    const failed = slots.map((slot) => ({
      slot,
      ending: 'called-back-error',
      error: 'Error',
      calls: 1,
      findings: [],
      telling: [],
    }));

    it.concurrent('call back an error when it refuses connections', async () => {
      expect(await inBoth(suite.at(await freePort()))).toEqual({ 'plain Node': failed, sandbox: failed });
    });

    it.concurrent('call back an error when it refuses the account', async () => {
      expect(await inBoth(suite.stranger())).toEqual({ 'plain Node': failed, sandbox: failed });
    });

    const { untrusting } = suite;
    if (untrusting !== undefined) {
      it.concurrent('tell nothing to one that they cannot verify', async () => {
        expect(await inBoth(untrusting())).toEqual({ 'plain Node': failed, sandbox: failed });
      });
    }

    it.concurrent('call back an error in time when it never answers', async () => {
      expect(await inBoth(suite.at(silent.port))).toEqual({ 'plain Node': failed, sandbox: failed });
    });
  });
}

/** A message must hold no SQL, no address of the user, and no value of the configuration but harmless ones. */
function tells(text: string, configuration: Configuration): boolean {
  const secrets = Object.entries(configuration)
    .filter(([name, value]) => /PASSWORD|SECRET|KEY|URI|PEPPER/.test(name) && value.length > 3)
    .map(([, value]) => value);
  return [...secrets, 'SELECT', 'INSERT', 'UPDATE', 'example.com', 'pass-w0rd'].some((part) =>
    text.includes(part),
  );
}

/** A container with open connections, whose store goes away and comes back. */
export async function survivingEndings(
  name: HostName,
  set: string,
  configuration: Configuration,
  store: { readonly stop: () => Promise<void>; readonly start: () => Promise<void> },
): Promise<string[]> {
  const host = await startTemplateHost(name, configuration);
  const endings: string[] = [];
  const run = async () => endings.push((await host.run(set, 'get_user', ['grace@example.com'])).ending);
  await run();
  await store.stop();
  await run();
  await store.start();
  await run();
  await host.close();
  return endings;
}

interface SilentServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Accepts connections and never says a word. */
async function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? 0 : address.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
