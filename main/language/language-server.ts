import { type ChildProcess, spawn } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node.js';
import { makeWorkFolder, removeWorkFolder } from '#files/work-folder.ts';

const CONFIG = {
  compilerOptions: {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: false,
    skipLibCheck: true,
    target: 'es2023',
    lib: ['es2023'],
    module: 'node20',
    moduleDetection: 'force',
    preserveSymlinks: false,
  },
  files: ['script.js', 'contract.d.ts', 'connection.d.ts'],
};

export interface ServerOptions {
  /** The checker's native program. */
  readonly executable: string;
  /** Folder named `node_modules` with the types of what scripts may require; null: there is none. */
  readonly typesFolder: string | null;
  /** Declarations that stay the same. */
  readonly contract: string;
  readonly startMs: number;
}

/** Nothing of this process's own, but for the one name without which programs of Windows do not start. */
const BARE_ENVIRONMENT =
  process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows' } : {};

/** How long a server may take that is asked to end, milliseconds. */
const END_MS = 1_000;

/**
 * One native TypeScript server over a folder of its own that holds nothing of a project. Texts are handed over in
 * memory, so that it reads no scripts from the disk.
 */
export class LanguageServer {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #folder: string;
  readonly #versions = new Map<string, { readonly version: number; readonly text: string }>();
  readonly ended: Promise<void>;

  private constructor(child: ChildProcess, connection: MessageConnection, folder: string) {
    this.#child = child;
    this.#connection = connection;
    this.#folder = folder;
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        connection.dispose();
        removeWorkFolder(folder);
        resolve();
      };
      child.once('exit', end);
      // Without a process there is no exit.
      child.once('error', end);
    });
  }

  /** Rejects where the program cannot be started or does not answer in time. */
  static async start(options: ServerOptions): Promise<LanguageServer> {
    const folder = makeWorkFolder('editor');
    try {
      await Promise.all([
        writeFile(
          join(folder, 'tsconfig.json'),
          JSON.stringify({
            ...CONFIG,
            compilerOptions: {
              ...CONFIG.compilerOptions,
              types: options.typesFolder === null ? [] : ['node'],
            },
          }),
        ),
        writeFile(join(folder, 'contract.d.ts'), options.contract),
        writeFile(join(folder, 'connection.d.ts'), ''),
        writeFile(join(folder, 'script.js'), ''),
        options.typesFolder === null
          ? null
          : symlink(options.typesFolder, join(folder, 'node_modules'), 'junction'),
      ]);
    } catch (error) {
      removeWorkFolder(folder);
      throw error;
    }
    const child = spawn(options.executable, ['--lsp', '--stdio'], {
      cwd: folder,
      env: BARE_ENVIRONMENT,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    // A server that is gone is seen by its exit. Its closed pipe must neither end this process nor reach the library,
    // which would reject where nobody listens.
    const toServer = new PassThrough();
    child.stdin.on('error', () => undefined);
    toServer.pipe(child.stdin);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(toServer),
    );
    connection.onError(() => undefined);
    const server = new LanguageServer(child, connection, folder);
    connection.listen();
    try {
      await server.#initialize(options.startMs);
    } catch (error) {
      child.kill('SIGKILL');
      await server.ended;
      throw error;
    }
    return server;
  }

  /** Id of its process. */
  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Gives a file of the folder its text, where it has another. */
  async put(file: string, text: string, languageId: 'javascript' | 'typescript'): Promise<void> {
    const known = this.#versions.get(file);
    if (known?.text === text) return;
    const version = (known?.version ?? 0) + 1;
    this.#versions.set(file, { version, text });
    const uri = this.uri(file);
    if (known === undefined) {
      const textDocument = { uri, languageId, version, text };
      await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    } else {
      const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
      await this.#connection.sendNotification('textDocument/didChange', change);
    }
  }

  uri(file: string): string {
    return pathToFileURL(join(this.#folder, file)).href;
  }

  /** Rejects when the server ends, or answers with an error. An aborted request is taken back. */
  async ask<Reply>(method: string, params: object, signal: AbortSignal): Promise<Reply> {
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const gone = this.ended.then(() => {
        throw new Error('the type checker has ended');
      });
      gone.catch(() => undefined);
      return await Promise.race([this.#connection.sendRequest<Reply>(method, params, source.token), gone]);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    try {
      await this.ask('shutdown', {}, AbortSignal.timeout(END_MS));
      await this.#connection.sendNotification('exit');
    } catch {
      this.#child.kill('SIGKILL');
    }
    await this.ended;
    clearTimeout(timer);
  }

  async #initialize(startMs: number): Promise<void> {
    const rootUri = pathToFileURL(this.#folder).href;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), startMs);
    try {
      const none = new AbortController().signal;
      await this.ask('initialize', { processId: process.pid, rootUri, capabilities: CAPABILITIES }, none);
      await this.#connection.sendNotification('initialized', {});
    } finally {
      clearTimeout(timer);
    }
  }
}

const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: false,
        documentationFormat: ['plaintext', 'markdown'],
        labelDetailsSupport: true,
      },
      completionList: { itemDefaults: ['editRange', 'commitCharacters'] },
    },
    hover: { contentFormat: ['plaintext', 'markdown'] },
    diagnostic: {},
  },
};
