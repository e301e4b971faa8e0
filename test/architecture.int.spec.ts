import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCycle, readImportGraph, type SourceFile } from '#test/import-graph.ts';

/**
 * Who may import whom. The longest folder that fits a file is its row; a folder's own files are always allowed
 * unless another row below it is longer. Type-only imports count. `node`: built-in modules of Node.
 */
interface Row {
  readonly folder: string;
  /** Folders (with a final `/`) and files. */
  readonly may: readonly string[];
  readonly never?: readonly string[];
  readonly node: boolean;
  /** npm packages; `*` is any but isolated-vm and electron. */
  readonly packages: readonly string[];
}

const PORTS = [
  'main/engine/ports/',
  'main/engine/fault.ts',
  'main/domain/',
  'main/contract/project-settings.ts',
];

const adapter = (folder: string, may: readonly string[] = []): Row => ({
  folder,
  may: [...PORTS, 'main/files/', ...may],
  node: true,
  packages: ['*'],
});

const TABLE: readonly Row[] = [
  { folder: 'main/contract/', may: ['main/domain/'], node: false, packages: ['zod', '@orpc/contract'] },
  { folder: 'main/domain/', may: [], node: false, packages: [] },
  { folder: 'main/domain/diagnostics/', may: [], node: false, packages: [] },
  {
    folder: 'main/domain/profile/',
    may: ['main/domain/'],
    never: ['main/domain/migration/', 'main/domain/projections/'],
    node: false,
    packages: [],
  },
  {
    folder: 'main/domain/password/',
    may: ['main/domain/'],
    never: ['main/domain/migration/', 'main/domain/projections/'],
    node: false,
    packages: [],
  },
  {
    folder: 'main/domain/migration/',
    may: ['main/domain/'],
    never: ['main/domain/projections/'],
    node: false,
    packages: [],
  },
  {
    folder: 'main/domain/pipeline/',
    may: ['main/domain/'],
    never: ['main/domain/projections/', 'main/domain/password/'],
    node: false,
    packages: [],
  },
  {
    folder: 'main/domain/projections/',
    may: ['main/domain/'],
    never: ['main/domain/password/'],
    node: false,
    packages: [],
  },
  {
    folder: 'main/engine/',
    may: ['main/contract/', 'main/domain/'],
    node: false,
    packages: ['zod', '@orpc/server', '@orpc/contract'],
  },
  { folder: 'main/files/', may: [], node: true, packages: [] },
  { ...adapter('main/sandbox/'), never: ['main/sandbox/build/'] },
  {
    folder: 'main/sandbox/worker/',
    may: ['main/sandbox/', 'main/domain/', 'main/engine/ports/script-runner.ts'],
    never: ['main/sandbox/build/', 'main/sandbox/broker/'],
    node: true,
    packages: ['isolated-vm', '@node-rs/bcrypt', '@node-rs/argon2'],
  },
  // Bundled into the guest by the sandbox build: what Node's own lib takes from packages.
  {
    folder: 'main/sandbox/guest/',
    may: [],
    node: false,
    packages: ['http-parser-js', 'string_decoder', 'buffer'],
  },
  { folder: 'main/sandbox/build/', may: ['main/sandbox/'], node: true, packages: ['*'] },
  adapter('main/replica/'),
  adapter('main/legacy/'),
  adapter('main/hashing/'),
  // Knows scripts as a text and their contract as types; runs nothing.
  adapter('main/language/'),
  // Reads scripts the way the project does, and knows which modules can be rehearsed.
  adapter('main/lint/', [
    'main/project/parse-script.ts',
    'main/project/configuration-uses.ts',
    'main/project/did-you-mean.ts',
    'main/sandbox/modules/manifest.ts',
  ]),
  // Writes new projects, the sample among them.
  adapter('main/project/', ['main/contract/trial-record.ts', 'main/sample/']),
  // Puts the migration marker where the linter sees the callback called.
  adapter('main/audit/', ['main/lint/', 'main/project/parse-script.ts']),
  // Takes the audit's splitter of lines.
  adapter('main/access-log/', ['main/audit/lines.ts']),
  adapter('main/sample/'),
  // The proof is its own format: whoever writes and finds exports knows it.
  adapter('main/exporters/', ['main/contract/proof.ts']),
  {
    folder: 'main/reporters/',
    may: ['main/contract/', 'main/domain/'],
    node: false,
    packages: ['zod'],
  },
  {
    folder: 'main/hosts/',
    may: ['main/'],
    never: ['main/hosts/cli/', 'main/hosts/server/', 'main/hosts/electron/'],
    node: true,
    packages: ['*'],
  },
  // The shell of the desktop knows a process that it starts and relays to, and nothing of what runs in it.
  {
    folder: 'main/hosts/electron/',
    may: [
      'main/contract/desktop.ts',
      'main/contract/desktop-channels.ts',
      'main/hosts/engine/',
      'main/hosts/csp.ts',
    ],
    never: ['main/hosts/engine/engine-process.ts', 'main/hosts/engine/spawn-engine.ts'],
    node: true,
    packages: ['electron', 'zod'],
  },
  ...(['cli', 'server', 'engine'] as const).map((host) => ({
    folder: `main/hosts/${host}/`,
    may: [
      'main/contract/',
      'main/engine/dispatch.ts',
      'main/engine/fault.ts',
      ...(host === 'engine' ? [] : ['main/hosts/engine/']),
      'main/hosts/*.ts',
      ...(host === 'cli' ? ['main/files/', 'main/reporters/', 'main/hosts/server/'] : []),
    ],
    node: true,
    packages: ['*'],
  })),
];

const MOST_LINES = 400;
/** Tables and generated text may be longer. */
const LONG_BY_NATURE: readonly string[] = [];

const root = fileURLToPath(new URL('../', import.meta.url));
const graph = readImportGraph(root, 'main');

function rowOf(path: string): Row | undefined {
  return TABLE.filter((row) => path.startsWith(row.folder)).sort(
    (a, b) => b.folder.length - a.folder.length,
  )[0];
}

function covers(pattern: string, path: string): boolean {
  if (pattern.endsWith('/*.ts')) {
    const folder = pattern.slice(0, -4);
    return path.startsWith(folder) && !path.slice(folder.length).includes('/');
  }
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}

function violations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const row = rowOf(file.path);
    if (row === undefined) return [`${file.path}: its folder is not in the table`];
    const allowed = (path: string): boolean => {
      if ((row.never ?? []).some((pattern) => covers(pattern, path))) return false;
      return covers(row.folder, path) || row.may.some((pattern) => covers(pattern, path));
    };
    const packages = file.packages.filter(
      (name) =>
        !row.packages.includes(name) &&
        !(row.packages.includes('*') && name !== 'isolated-vm' && name !== 'electron'),
    );
    return [
      ...file.files.filter((path) => !allowed(path)).map((path) => `${file.path} imports ${path}`),
      ...packages.map((name) => `${file.path} imports package ${name}`),
      ...(row.node ? [] : file.builtins.map((name) => `${file.path} imports ${name}`)),
    ];
  });
}

const file = (path: string, imports: Partial<SourceFile>): SourceFile => ({
  path,
  lines: 1,
  defaultExport: false,
  files: [],
  packages: [],
  loads: [],
  builtins: [],
  ...imports,
});

describe('the import graph of main/', () => {
  it('is read: the graph is not empty and every imported file exists', () => {
    const paths = new Set(graph.map((one) => one.path));
    const missing = graph.flatMap((one) =>
      one.files.filter((path) => path.endsWith('.ts') && path.startsWith('main/') && !paths.has(path)),
    );
    expect({ enough: graph.length > 50, missing }).toEqual({ enough: true, missing: [] });
  });

  it('has only edges that the table allows', () => {
    expect(violations(graph)).toEqual([]);
  });

  it('has no cycle', () => {
    expect(findCycle(graph)).toBeNull();
  });

  it('knows isolated-vm only in the worker, loads it in one file, and electron only in its host', () => {
    const outside = (name: string, folder: string) =>
      graph
        .filter((one) => one.packages.includes(name) && !one.path.startsWith(folder))
        .map((one) => one.path);
    // isolate.ts loads the native part by its path; whoever else loads the package breaks the rule.
    const loaders = graph.filter((one) => one.loads.includes('isolated-vm')).map((one) => one.path);
    expect({
      known: outside('isolated-vm', 'main/sandbox/worker/'),
      loaded: loaders.filter((path) => path !== 'main/sandbox/worker/isolate.ts'),
      electron: outside('electron', 'main/hosts/electron/'),
    }).toEqual({ known: [], loaded: [], electron: [] });
  });

  it('is all that the preload script knows beside Electron: two files of the contract', () => {
    const preload = readImportGraph(root, 'preload');
    expect({
      files: [...new Set(preload.flatMap((one) => one.files))]
        .filter((path) => !path.startsWith('preload/'))
        .toSorted(),
      packages: [...new Set(preload.flatMap((one) => one.packages))],
      builtins: preload.flatMap((one) => one.builtins),
    }).toEqual({
      files: ['main/contract/desktop-channels.ts', 'main/contract/desktop.ts'],
      packages: ['electron'],
      builtins: [],
    });
  });

  it('has no default export and no file that is too long to read', () => {
    expect({
      defaults: graph.filter((one) => one.defaultExport).map((one) => one.path),
      long: graph
        .filter((one) => one.lines > MOST_LINES && !LONG_BY_NATURE.includes(one.path))
        .map((one) => `${one.path}: ${one.lines} lines`),
    }).toEqual({ defaults: [], long: [] });
  });
});

describe('the checks themselves', () => {
  it('find what is forbidden', () => {
    expect(
      violations([
        file('main/domain/secret.ts', { files: ['main/engine/fault.ts'], builtins: ['node:fs'] }),
        file('main/domain/diagnostics/catalog.ts', { files: ['main/domain/secret.ts'] }),
        file('main/replica/database.ts', { files: ['main/sandbox/protocol.ts'], packages: ['isolated-vm'] }),
        file('main/engine/dispatch.ts', { files: ['main/reporters/json.ts'], packages: ['knex'] }),
        file('main/hosts/cli/main.ts', { files: ['main/replica/database.ts', 'main/hosts/compose.ts'] }),
        file('main/surprise/new.ts', {}),
      ]),
    ).toEqual([
      'main/domain/secret.ts imports main/engine/fault.ts',
      'main/domain/secret.ts imports node:fs',
      'main/domain/diagnostics/catalog.ts imports main/domain/secret.ts',
      'main/replica/database.ts imports main/sandbox/protocol.ts',
      'main/replica/database.ts imports package isolated-vm',
      'main/engine/dispatch.ts imports main/reporters/json.ts',
      'main/engine/dispatch.ts imports package knex',
      'main/hosts/cli/main.ts imports main/replica/database.ts',
      'main/surprise/new.ts: its folder is not in the table',
    ]);
  });

  it('find a cycle', () => {
    expect(
      findCycle([
        file('a.ts', { files: ['b.ts'] }),
        file('b.ts', { files: ['c.ts', 'd.ts'] }),
        file('c.ts', {}),
        file('d.ts', { files: ['b.ts'] }),
      ]),
    ).toEqual(['b.ts', 'd.ts', 'b.ts']);
  });
});
