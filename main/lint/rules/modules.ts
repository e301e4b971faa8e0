import type { AnyNode } from 'acorn';
import { calledName, fixedText, isCall } from '#lint/ast.ts';
import { isRemoved } from '#lint/removed-modules.ts';
import type { Report, Rule } from '#lint/rule.ts';
import { destructuredFrom, type RequiredModule } from '#lint/script-model.ts';
import { SANDBOX_BUILTINS, SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';

/** Node has these too; what they do in the sandbox is another question. */
const OTHER_BUILTINS = `child_process cluster worker_threads fs fs/promises dgram http2 inspector module readline
  repl sys v8 vm wasi constants domain trace_events`;
const BUILTINS: ReadonlySet<string> = new Set([...SANDBOX_BUILTINS, ...OTHER_BUILTINS.split(/\s+/)]);
const NO_RIGHT = new Set(['child_process', 'cluster', 'worker_threads', 'repl', 'inspector', 'vm', 'wasi']);
const WRITING =
  /^(writeFile|appendFile|createWriteStream|mkdir|mkdtemp|unlink|rm|rmdir|rename|copyFile|truncate|symlink|link|chmod|utimes|write|writev)(Sync)?$/;

/** What the script requires, and what it does with the file system. */
export const moduleRule: Rule = (script, report, { nodeVersion }) => {
  for (const module of script.modules) checkModule(module, report);
  for (const node of script.nodes) {
    if (!isCall(node)) continue;
    if (isDynamicRequire(node) && node.callee.type === 'Identifier' && script.isFree(node.callee)) {
      report('lint.dynamic-require', node, 'The name of the module is put together when the script runs.');
    }
    const used = destructuredFrom(script, node.callee);
    if (nodeVersion === 22 && used !== null && used.module.name === 'fs' && WRITING.test(used.name)) {
      report('script.refused-feature', node, `"${used.name}" writes to the file system.`);
    }
  }
};

function isDynamicRequire(node: Extract<AnyNode, { type: 'CallExpression' }>): boolean {
  if (calledName(node) !== 'require') return false;
  const [request] = node.arguments;
  const text = request === undefined ? null : fixedText(request);
  return request !== undefined && (text === null || text.includes('\ue000'));
}

function checkModule({ name, version, subpath, node }: RequiredModule, report: Report): void {
  if (/^[./]/.test(name)) {
    report('lint.relative-require', node, `"${name}" is a file, and a script has none beside it.`);
    return;
  }
  const builtin = subpath === null ? name : `${name}/${subpath}`;
  if (version === null && BUILTINS.has(builtin)) {
    if (NO_RIGHT.has(name))
      report('script.refused-feature', node, `"${name}" is not for scripts.`, { severity: 'warning' });
    return;
  }
  if (name === 'oracledb' || name === 'edge' || name === 'edge-js') {
    report('lint.module-gone', node, `"${name}" was taken away from scripts in June 2023.`);
    return;
  }
  if (version !== null && isRemoved(name, version)) {
    report('lint.module-version-removed', node, `"${name}@${version}" does not exist on Node 18 and later.`);
  } else {
    checkAgainstSandbox(name, version, node, report);
  }
  if (/^request(-promise(-native)?)?$/.test(name)) {
    report('lint.module-deprecated', node, `"${name}" has been given up by its authors.`);
  }
}

function checkAgainstSandbox(name: string, version: string | null, node: AnyNode, report: Report): void {
  const known = SANDBOX_MODULES.find((one) => one.name === name);
  if (known === undefined) {
    report('script.missing-module', node, `"${name}" is not among the modules that can be rehearsed.`, {
      // The tenant may have it all the same.
      severity: 'warning',
    });
  } else if (version !== null && !known.versions.some((one) => one.version === version)) {
    const versions = known.versions.map((one) => one.version).join(', ');
    report('script.missing-module', node, `Version ${version} of "${name}" cannot be rehearsed.`, {
      notes: [`Here are: ${versions}.`],
      severity: 'note',
    });
  }
}
