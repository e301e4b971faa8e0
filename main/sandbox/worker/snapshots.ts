import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type ivmTypes from 'isolated-vm';
import type { BuiltModule, SandboxManifest } from '../guest/guest-api.ts';
import { makeSnapshot, type Snapshot, type SourceFile } from './isolate.ts';

/** Snapshots kept at once; each holds some megabytes. */
const MOST_SNAPSHOTS = 6;

/** The built guest: texts of its core and modules, and snapshots made of them, one per set of modules. */
export class GuestSources {
  readonly manifest: SandboxManifest;
  readonly available: readonly string[];
  readonly #ivm: typeof ivmTypes;
  readonly #folder: string;
  readonly #collect: () => void;
  readonly #texts = new Map<string, string>();
  readonly #sources = new Map<string, SourceFile>();
  readonly #globals = new WeakMap<Snapshot, ReadonlySet<string>>();
  /** null: evaluating these modules into a snapshot failed, so isolates with them are built up each time. */
  readonly #snapshots = new Map<string, Snapshot | null>();

  /** `collect`: frees what making a snapshot leaves behind, some megabytes of text. */
  constructor(ivm: typeof ivmTypes, folder: string, collect: () => void) {
    this.#ivm = ivm;
    this.#folder = folder;
    this.#collect = collect;
    this.manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as SandboxManifest;
    this.available = this.manifest.modules.map(moduleId);
  }

  /** The core, the modules, and a last text that evaluates `warm`. */
  read(modules: readonly string[], warm: readonly string[]): readonly SourceFile[] {
    const chosen = this.manifest.modules.filter((module) => modules.includes(moduleId(module)));
    // A module that fails here fails again in the script, which is where it must be seen.
    const code = warm.map((name) => `try { ${warming(name)}; } catch {}`).join('\n');
    return [
      this.#source('node:core', this.manifest.core.file),
      ...chosen.map((module) => this.#source(`module:${moduleId(module)}`, module.file)),
      { filename: 'node:warm-up', code, compiled: { data: null } },
    ];
  }

  #source(filename: string, file: string): SourceFile {
    const known = this.#sources.get(filename);
    if (known !== undefined) return known;
    const source = { filename, code: this.#text(file), compiled: { data: null } };
    this.#sources.set(filename, source);
    return source;
  }

  /** A module that is not in the guest yet, for a request that nobody foresaw. */
  module(request: string, present: readonly string[]): readonly [id: string, text: string] | null {
    const found = this.manifest.modules.find((module) => module.requests.includes(request));
    if (found === undefined || present.includes(moduleId(found))) return null;
    return [moduleId(found), this.#text(found.file)];
  }

  snapshot(modules: readonly string[], warm: readonly string[]): Snapshot | null {
    const key = JSON.stringify([modules, warm]);
    const known = this.#snapshots.get(key);
    if (known !== undefined) return known;
    let made: Snapshot | null = null;
    try {
      made = makeSnapshot(this.#ivm, this.read(modules, warm));
    } catch {
      made = null;
    }
    // The blob holds them all; they are read again where another one is made.
    this.#sources.clear();
    this.#texts.clear();
    const oldest = this.#snapshots.keys().next().value;
    if (oldest !== undefined && this.#snapshots.size >= MOST_SNAPSHOTS) this.#snapshots.delete(oldest);
    this.#snapshots.set(key, made);
    this.#collect();
    return made;
  }

  /** Names on the global of every guest made from this snapshot, before any script; looked up once. */
  globals(snapshot: Snapshot | null, look: () => readonly string[]): ReadonlySet<string> {
    const known = snapshot === null ? undefined : this.#globals.get(snapshot);
    if (known !== undefined) return known;
    const names = new Set(look());
    if (snapshot !== null) this.#globals.set(snapshot, names);
    return names;
  }

  #text(file: string): string {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.#folder, file), 'utf8');
    this.#texts.set(file, text);
    return text;
  }
}

/** A global of the lib, such as `global:Headers`, or a module. */
function warming(name: string): string {
  return name.startsWith('global:') ? name.slice('global:'.length) : `require(${JSON.stringify(name)})`;
}

function moduleId({ name, version }: BuiltModule): string {
  return `${name}@${version}`;
}
