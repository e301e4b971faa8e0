import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { onInterrupt } from '#hosts/cli/interrupt.ts';
import { onLinkWanted } from '#hosts/cli/link-wanted.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { type SupervisedEngine, superviseEngine } from '#hosts/engine/supervise-engine.ts';
import { openBrowser, whyNoBrowser } from '#hosts/server/open-browser.ts';
import { PagesMissing, rendererFolder } from '#hosts/server/renderer-folder.ts';
import { type RunningServer, startServer } from '#hosts/server/start-server.ts';

export interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
  /** Minutes; 0: never. */
  readonly idle: number;
  readonly forwardedPort?: readonly number[];
  readonly origin?: readonly string[];
  readonly host?: string;
  readonly renderer?: string;
}

/** A printed link has to survive a walk to another terminal; one for a browser that starts now has not. */
const PRINTED_LINK_MINUTES = 10;
const OPENED_LINK_MS = 60_000;

/** Serves the app on this machine until Ctrl-C, or until nobody has used it for a while. */
export async function runServe(
  session: Session,
  project: string | undefined,
  options: ServeOptions,
): Promise<Answer> {
  refuseOtherHosts(options.host);
  const startAt = startOf(session, project);
  const renderer = await pages(session, options.renderer);
  const engine = await superviseEngine({
    debug: session.options.debug === true,
    onEnd: (end, againInMs) =>
      session.note(`The engine ${end}; starting it again in ${againInMs / 1000} s. Trials can be resumed.`),
  });
  const server = await listening(engine, options, renderer, startAt);
  return untilStopped(session, engine, server, options);
}

async function untilStopped(
  session: Session,
  engine: SupervisedEngine,
  server: RunningServer,
  options: ServeOptions,
): Promise<Answer> {
  const interrupted = Promise.withResolvers<'interrupted'>();
  const release = onInterrupt(
    () => {
      session.note('Stopping; running trials keep what they have. Press Ctrl-C again to leave at once.');
      interrupted.resolve('interrupted');
    },
    () => {
      engine.kill();
      session.leave();
    },
  );
  const wanted = onLinkWanted(session.surroundings.stdin, () => tellLink(session, server));
  announce(session, server, options.forwardedPort?.[0] ?? server.port);
  if (options.open) await open(session, server);
  const ended = await Promise.race([interrupted.promise, server.idle.then(() => 'idle' as const)]);
  wanted.release();
  await server.stop(ended === 'idle' ? 'serverIdle' : 'serverStopped');
  release();
  const { origin, port } = server;
  return {
    result: { origin, port, ended },
    text: ended === 'idle' ? `Nobody was there for ${options.idle} minutes; stopped.\n` : 'Stopped.\n',
    exitCode: ended === 'idle' ? EXIT.clean : EXIT.interrupted,
  };
}

function refuseOtherHosts(host: string | undefined): void {
  if (host === undefined || host === '127.0.0.1' || host === 'localhost') return;
  throw new UsageError(
    `Userferry listens on 127.0.0.1 only, not on ${host}`,
    'Others could read everything on the way. From another machine, use a tunnel: ssh -L 8123:127.0.0.1:8123 with --port 8123.',
  );
}

/** The page that a browser comes to first: the project, or the home page where there is none. */
function startOf(session: Session, given: string | undefined): string {
  const folder = given === undefined ? session.project : resolve(session.surroundings.folder, given);
  const named = given !== undefined || session.options.project !== '.';
  if (existsSync(join(folder, 'userferry.json'))) return `/#/project/${encodeURIComponent(folder)}`;
  if (!named) return '/';
  throw new UsageError(
    `there is no project in ${folder}`,
    'Name a folder with a userferry.json, or make one with "userferry init".',
  );
}

async function pages(session: Session, given: string | undefined): Promise<string> {
  if (given !== undefined) return resolve(session.surroundings.folder, given);
  try {
    return await rendererFolder();
  } catch (error) {
    if (!(error instanceof PagesMissing)) throw error;
    throw new UsageError(error.message, 'What was printed above says why; if nothing was, install it again.');
  }
}

async function listening(
  engine: SupervisedEngine,
  options: ServeOptions,
  renderer: string,
  startAt: string,
): Promise<RunningServer> {
  try {
    return await startServer({
      port: options.port ?? 0,
      renderer,
      engine,
      startAt,
      forwardedPorts: options.forwardedPort ?? [],
      origins: options.origin ?? [],
      idleMs: options.idle * 60_000,
    });
  } catch (error) {
    await engine.close();
    throw portTrouble(error, options.port);
  }
}

function portTrouble(error: unknown, port: number | undefined): unknown {
  const { code, syscall } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (syscall !== 'listen') return error;
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`;
  return new UsageError(
    `port ${port ?? 0} ${why}`,
    'Name another one, or leave --port out for any free one.',
  );
}

/** Where it is, how to get in, and how from elsewhere. With --json the same as one line for programs. */
function announce(session: Session, server: RunningServer, farPort: number): void {
  const { stderr } = session.surroundings;
  if (session.options.json === true || session.options.progress === 'json') {
    const { origin, port } = server;
    stderr.write(`${JSON.stringify({ type: 'serving', origin, port, link: newLink(server) })}\n`);
    return;
  }
  tellLink(session, server);
  const again = session.surroundings.stdin.isTTY === true ? 'Enter' : `"kill -USR2 ${process.pid}"`;
  session.note(
    [
      `${again === 'Enter' ? 'Press Enter' : `Use ${again}`} for a new link, Ctrl-C to stop.`,
      `From another machine: ssh -L ${farPort}:127.0.0.1:${server.port} ${hostname()}, and open the link there.`,
    ].join('\n'),
  );
}

function tellLink(session: Session, server: RunningServer): void {
  session.surroundings.stdout.write(
    `Userferry is served at ${server.origin}\nThis link signs one browser in, once, within ${PRINTED_LINK_MINUTES} minutes:\n\n  ${newLink(server)}\n\n`,
  );
}

function newLink(server: RunningServer): string {
  return server.link(PRINTED_LINK_MINUTES * 60_000);
}

/** The browser gets a link of its own: the printed one stays good should this one lead nowhere. */
async function open(session: Session, server: RunningServer): Promise<void> {
  const { env } = session.surroundings;
  const why = whyNoBrowser(env);
  if (why !== null) session.note(`No browser is opened: ${why}.`);
  else if (!(await openBrowser(server.link(OPENED_LINK_MS), env))) {
    session.note('No browser could be started; open the link yourself.');
  }
}
