import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A source file of the project as its imports show it. Paths are relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly defaultExport: boolean;
  /** Files of the project, types included. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  /** Those of the packages that are really loaded, not only named in types. */
  readonly loads: readonly string[];
  readonly builtins: readonly string[];
}

/** Reads every TypeScript file below `folder`, with a real parser. */
export function readImportGraph(root: string, folder: string): readonly SourceFile[] {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, string>>;
  };
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path) => readSource(root, path, imports));
}

function readSource(root: string, path: string, imports: Readonly<Record<string, string>>): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const specifiers = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.flatMap(
      (one) => literal(text.slice(one.moduleRequest.start, one.moduleRequest.end)) ?? [],
    ),
  ];
  const valued = new Set([
    ...module.staticImports
      .filter((one) => one.entries.length === 0 || one.entries.some((entry) => !entry.isType))
      .map((one) => one.moduleRequest.value),
    ...specifiers.slice(module.staticImports.length),
  ]);
  const kinds = [...new Set(specifiers)].map((name) => classify(path, name, imports));
  const of = (kind: string) => kinds.filter((one) => one.kind === kind).map((one) => one.name);
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    defaultExport: program.body.some((node) => node.type === 'ExportDefaultDeclaration'),
    files: of('file'),
    packages: of('package'),
    loads: of('package').filter((name) =>
      [...valued].some((one) => one === name || one.startsWith(`${name}/`)),
    ),
    builtins: of('builtin'),
  };
}

/** The name in a dynamic import, or null where it is computed. */
function literal(source: string): string | null {
  return /^(['"`])([^'"`$]*)\1$/.exec(source)?.[2] ?? null;
}

function classify(
  path: string,
  name: string,
  imports: Readonly<Record<string, string>>,
): { readonly kind: 'file' | 'package' | 'builtin'; readonly name: string } {
  if (name.startsWith('.')) return { kind: 'file', name: posix.normalize(posix.join(dirname(path), name)) };
  const layer = Object.keys(imports).find((one) => name.startsWith(one.slice(0, -1)) && one.endsWith('/*'));
  if (layer !== undefined) {
    const target = imports[layer]!.slice(0, -1);
    return { kind: 'file', name: posix.normalize(posix.join(target, name.slice(layer.length - 1))) };
  }
  if (name.startsWith('#')) throw new Error(`${path} imports ${name}, which package.json does not name`);
  if (isBuiltin(name)) return { kind: 'builtin', name };
  return {
    kind: 'package',
    name: name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  };
}

/** One cycle of imports, as the files on it in order, or null. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | null {
  const edges = new Map(files.map((file) => [file.path, file.files]));
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): readonly string[] | null => {
    const at = trail.indexOf(path);
    if (at >= 0) return [...trail.slice(at), path];
    if (done.has(path)) return null;
    trail.push(path);
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    trail.pop();
    done.add(path);
    return null;
  };
  for (const file of files) {
    const cycle = visit(file.path);
    if (cycle !== null) return cycle;
  }
  return null;
}
