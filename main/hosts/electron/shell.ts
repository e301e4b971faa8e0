import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { answerActivity } from '#hosts/electron/activity.ts';
import { answerTheme } from '#hosts/electron/appearance.ts';
import { registerAppScheme, serveRenderer } from '#hosts/electron/app-protocol.ts';
import { type CrashLog, createCrashLog } from '#hosts/electron/crash-log.ts';
import { answerDialogs } from '#hosts/electron/dialogs.ts';
import { EngineKeeper } from '#hosts/electron/engine-keeper.ts';
import { relayEngine } from '#hosts/electron/engine-relay.ts';
import { keptFile } from '#hosts/electron/kept-file.ts';
import { guardContents, lockSession } from '#hosts/electron/lock-down.ts';
import { answerMenu, offerTextMenu } from '#hosts/electron/menu.ts';
import { projectInArguments, ProjectsToOpen } from '#hosts/electron/open-project.ts';
import { recoverWindow } from '#hosts/electron/recovery.ts';
import {
  answerSecrets,
  askForConsent,
  consentSchema,
  createSecretKeeper,
} from '#hosts/electron/secret-keeper.ts';
import { NO_WINDOW_STATE, windowStateSchema } from '#hosts/electron/window-state.ts';
import { openWindow } from '#hosts/electron/window.ts';
import type { EngineEnd } from '#hosts/engine/start-engine-process.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';
import type { Vault } from '#hosts/engine/vault.ts';

export interface ShellOptions {
  /** Folder of the built page. */
  readonly renderer: string;
  /** Path of the bundled preload script. */
  readonly preload: string;
  /** Where mistakes that nobody caught are told: the process. */
  readonly mistakes: Pick<NodeJS.Process, 'on'>;
  startEngine(onEnd: (end: EngineEnd) => void, vault: Vault): Promise<SupervisedEngine>;
}

/** The whole desktop app but its engine. To be called at once: what comes first must come before `ready`. */
export function startShell(options: ShellOptions): void {
  app.enableSandbox();
  registerAppScheme();
  // A second start passes its project on to the first and is over.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const projects = new ProjectsToOpen(() => BrowserWindow.getAllWindows()[0] ?? null);
  projects.listen();
  projects.open(projectInArguments(process.argv.slice(1), process.cwd()));
  guardContents();
  offerTextMenu();
  const log = createCrashLog({
    path: join(app.getPath('userData'), 'crashes.ndjson'),
    version: app.getVersion(),
    home: homedir(),
    now: () => new Date(),
  });
  noteBugs(log, options.mistakes);
  void app.whenReady().then(() => run(options, projects, log));
}

function run(options: ShellOptions, projects: ProjectsToOpen, log: CrashLog): void {
  const kept = (name: string): string => join(app.getPath('userData'), name);
  const state = keptFile(kept('window.json'), windowStateSchema, NO_WINDOW_STATE);
  const consent = keptFile(kept('consent.json'), consentSchema, { unprotectedSecrets: false });
  const secrets = createSecretKeeper(process.platform, consent, askForConsent);
  const engine = new EngineKeeper(async () => {
    try {
      return await options.startEngine((end) => log.note({ what: 'engine-ended', detail: end }), secrets);
    } catch (error) {
      log.note({ what: 'engine-start', detail: String(error) });
      throw error;
    }
  });

  lockSession(session.defaultSession);
  serveRenderer(options.renderer);
  answerTheme(state);
  answerMenu(process.platform === 'darwin');
  answerDialogs();
  answerActivity();
  answerSecrets(secrets, consent);
  projects.answer();
  relayEngine(() => engine.current());

  const open = (): void => recoverWindow(openWindow({ preload: options.preload, state }), log, Date.now);
  open();
  // The engine takes longer to start than the page; the page asks for it in a moment.
  engine.current().catch(() => undefined);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('second-instance', (_event, words, folder) => {
    projects.open(projectInArguments(words.slice(1), folder));
    show();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitWithEngine(engine);
}

/** Brings the window to the front. */
function show(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** The engine commits its batch before the app is gone; `will-quit` comes when all windows are closed. */
function quitWithEngine(engine: EngineKeeper): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void engine.close().finally(() => app.exit(0));
  });
}

function noteBugs(log: CrashLog, mistakes: ShellOptions['mistakes']): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit')
      log.note({ what: 'helper-gone', detail: `${type}: ${reason}, exit code ${exitCode}` });
  });
  const bug = (cause: unknown): void => {
    log.note({
      what: 'bug',
      detail: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    });
  };
  mistakes.on('unhandledRejection', bug);
  mistakes.on('uncaughtException', (error) => {
    bug(error);
    dialog.showErrorBox(
      'Userferry has to close',
      'It ran into a mistake of its own. crashes.ndjson says more.',
    );
    app.exit(1);
  });
}
