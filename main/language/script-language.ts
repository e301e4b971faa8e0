import type {
  CompletionReply,
  EditedScript,
  HoverReply,
  ScriptLanguage,
  TypeMark,
} from '#engine/ports/script-language.ts';
import { Fault } from '#engine/fault.ts';
import {
  CONTRACT_TYPES,
  configurationTypes,
  SURROUNDINGS_WITHOUT_TYPES,
  untypedModules,
} from '#language/contract-types.ts';
import { type EditedText, editedText, offsetAt, positionAt } from '#language/edited-text.ts';
import { LanguageServer } from '#language/language-server.ts';
import {
  fitting,
  listCompletions,
  moduleCompletions,
  type RequirableModule,
  requireAt,
  wordStart,
} from '#language/list-completions.ts';
import {
  completionItem,
  hoverParts,
  type LspCompletions,
  type LspDiagnostics,
  type LspHover,
} from '#language/protocol.ts';

export interface ScriptLanguageOptions {
  /** The type checker's program; null where this machine has none. */
  readonly executable: string | null;
  /** Folder `node_modules` with types; null where it was not built. */
  readonly typesFolder: string | null;
  /** Names in it that have no types. */
  readonly untyped: readonly string[];
  readonly modules: readonly RequirableModule[];
  /** Modules of Node that work in scripts. */
  readonly builtins: readonly string[];
  /** How long the checker is kept without being asked, milliseconds. */
  readonly idleMs?: number;
}

const IDLE_MS = 120_000;
const START_MS = 5_000;
/** After the program could not be started, the list answers for so long. */
const PATIENCE_MS = 60_000;
const MOST_COMPLETIONS = 500;

/** What the checker says about well-meant JavaScript, and what nobody writing a script wants to hear. */
const IGNORED: ReadonlySet<string> = new Set(['2358', '2810', '7016', '80001', '80002', '80006']);
const HINT = 4;

/** The editor's knowledge of scripts, by a native type checker that is started when it is first asked. */
export function createScriptLanguage(options: ScriptLanguageOptions): ScriptLanguage {
  const keeper = new ServerKeeper(options);
  const requirable = moduleCompletions(options.modules, options.builtins);
  return {
    async complete(script, at, signal) {
      const required = requireAt(script.text, at);
      if (required !== null) return limited('list', required.from, fitting(requirable, required.typed));
      const from = wordStart(script.text, at);
      const typed = script.text.slice(from, at);
      const answer = await keeper.ask<LspCompletions | null>(script, 'textDocument/completion', at, signal);
      if (answer === null) return limited('list', from, fitting(listCompletions(script, at), typed));
      const items = [...(answer.reply?.items ?? [])].sort((a, b) => rank(a.sortText, b.sortText));
      return limited('typescript', from, fitting(items.map(completionItem), typed));
    },
    async hover(script, at, signal) {
      const answer = await keeper.ask<LspHover | null>(script, 'textDocument/hover', at, signal);
      if (answer?.reply == null) return null;
      return hoverReply(answer.edited, answer.reply, at);
    },
    async typecheck(script, signal) {
      const answer = await keeper.ask<LspDiagnostics>(script, 'textDocument/diagnostic', null, signal);
      if (answer === null) return { by: 'list', marks: [] };
      return { by: 'typescript', marks: marksOf(answer.edited, answer.reply) };
    },
    close: () => keeper.close(),
  };
}

function limited(
  by: CompletionReply['by'],
  from: number,
  completions: CompletionReply['completions'],
): CompletionReply {
  const more = completions.length > MOST_COMPLETIONS;
  return { by, from, completions: completions.slice(0, MOST_COMPLETIONS), more };
}

function rank(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hoverReply({ text, back }: EditedText, hover: LspHover, at: number): HoverReply | null {
  const parts = hoverParts(hover);
  if (parts.code === '') return null;
  const { range } = hover;
  const [from, to] =
    range === undefined ? [at, at] : [back(offsetAt(text, range.start)), back(offsetAt(text, range.end))];
  return { from, to, ...parts };
}

function marksOf({ text, back }: EditedText, { items = [] }: LspDiagnostics): TypeMark[] {
  return items
    .filter(({ severity, code }) => severity !== HINT && !IGNORED.has(String(code)))
    .map(({ range, code = '', message }) => ({
      from: back(offsetAt(text, range.start)),
      to: back(offsetAt(text, range.end)),
      // Only what cannot be parsed keeps a script from running; types are an opinion about it.
      severity: /^1\d{3}$/.test(String(code)) ? ('error' as const) : ('warning' as const),
      code: `TS${code}`,
      message,
    }));
}

function cancelled(cause?: unknown): Fault {
  return new Fault('cancelled', 'it was cancelled', { cause });
}

interface Answer<Reply> {
  readonly edited: EditedText;
  readonly reply: Reply;
}

/** Starts the checker when it is needed, ends it when it is not, and does without it where it does not work. */
class ServerKeeper {
  readonly #options: ScriptLanguageOptions;
  #server: Promise<LanguageServer> | null = null;
  #brokenUntil = 0;
  #idle: NodeJS.Timeout | null = null;
  /** Texts and the question about them are handed over together. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ScriptLanguageOptions) {
    this.#options = options;
  }

  /** Null where the list has to answer. `at` null: about the whole text. */
  async ask<Reply>(
    script: EditedScript,
    method: string,
    at: number | null,
    signal: AbortSignal,
  ): Promise<Answer<Reply> | null> {
    if (signal.aborted) throw cancelled();
    const server = await this.#running();
    if (server === null) return null;
    const edited = editedText(script);
    const textDocument = { uri: server.uri('script.js') };
    const position = at === null ? {} : { position: positionAt(edited.text, edited.there(at)) };
    try {
      const asked = this.#turn.then(async () => {
        await server.put('connection.d.ts', configurationTypes(script.configurationNames), 'typescript');
        await server.put('script.js', edited.text, 'javascript');
        return { reply: server.ask<Reply>(method, { textDocument, ...position }, signal) };
      });
      this.#turn = asked.catch(() => undefined);
      return { edited, reply: await (await asked).reply };
    } catch (error) {
      if (signal.aborted) throw cancelled(error);
      return null;
    } finally {
      this.#rest();
    }
  }

  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const server = this.#server;
    this.#server = null;
    await (await server?.catch(() => null))?.close();
  }

  async #running(): Promise<LanguageServer | null> {
    const { executable } = this.#options;
    if (executable === null || performance.now() < this.#brokenUntil) return null;
    const starting = this.#server ?? this.#begin(executable);
    try {
      return await starting;
    } catch {
      this.#brokenUntil = performance.now() + PATIENCE_MS;
      return null;
    }
  }

  async #start(executable: string): Promise<LanguageServer> {
    const { typesFolder, untyped, modules } = this.#options;
    const versioned = modules.flatMap(({ name, versions }) =>
      versions.map((version) => `${name}@${version}`),
    );
    const names = typesFolder === null ? modules.map(({ name }) => name) : untyped;
    const contract = [
      CONTRACT_TYPES,
      untypedModules([...names, ...versioned]),
      typesFolder === null ? SURROUNDINGS_WITHOUT_TYPES : '',
    ].join('\n');
    return LanguageServer.start({ executable, typesFolder, contract, startMs: START_MS });
  }

  #begin(executable: string): Promise<LanguageServer> {
    const starting = this.#start(executable);
    this.#server = starting;
    void this.#forgetOnceEnded(starting);
    return starting;
  }

  /** Whoever asks next starts another one. */
  async #forgetOnceEnded(starting: Promise<LanguageServer>): Promise<void> {
    const server = await starting.catch(() => null);
    await server?.ended;
    if (this.#server === starting) this.#server = null;
  }

  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), this.#options.idleMs ?? IDLE_MS);
    this.#idle.unref();
  }
}
