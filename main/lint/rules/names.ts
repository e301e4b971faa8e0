import type { AnyNode } from 'acorn';
import { isAnyCall, propertyName } from '#lint/ast.ts';
import type { Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';
import { didYouMean } from '#project/did-you-mean.ts';

/** Names that old sandboxes offered without `require`. */
const MAGIC = new Set(
  `_ async Auth0 azure_storage bcrypt couchbase cql crypto ip jwt Knex mongo mysql mysql_pool ObjectID pbkdf2 pg
   postgres Pubnub q querystring request sqlserver uuid xml2js xmldom xpath xtend`.split(/\s+/),
);
const MODULE_OF: Readonly<Record<string, string>> = {
  _: 'lodash',
  jwt: 'jsonwebtoken',
  Knex: 'knex',
  mongo: 'mongodb',
  ObjectID: 'mongodb',
  postgres: 'pg',
  sqlserver: 'tedious',
  mysql_pool: 'mysql2',
  pbkdf2: 'crypto',
  azure_storage: 'azure-storage',
  Auth0: 'auth0',
};

const TENANT = `configuration require module exports global globalThis console process Buffer auth0 arguments undefined
  WrongUsernameOrPasswordError ValidationError UnauthorizedError __dirname __filename`;
const WEB = `setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask
  structuredClone fetch Headers Request Response FormData Blob File URL URLSearchParams TextEncoder TextDecoder
  AbortController AbortSignal Event EventTarget MessageChannel MessagePort MessageEvent DOMException performance atob
  btoa WebAssembly ReadableStream WritableStream TransformStream CompressionStream DecompressionStream
  BroadcastChannel WebSocket navigator CryptoKey Iterator PerformanceObserver`;
const KNOWN = new Set(
  [...`${TENANT} ${WEB}`.split(/\s+/), ...Object.getOwnPropertyNames(globalThis)].filter(
    (name) => name !== 'crypto',
  ),
);

const WEB_CRYPTO = /^(subtle|getRandomValues|randomUUID)$/;

/** Names that nothing declares. */
export const nameRule: Rule = (script, report, { nodeVersion }) => {
  const seen = new Set<string>();
  for (const node of script.nodes) {
    if (!script.isFree(node) || KNOWN.has(node.name) || isAskedFirst(script, node.name)) continue;
    const up = script.parent(node);
    if (up?.type === 'AssignmentExpression' && up.left === node) {
      if (!seen.has(node.name))
        report('lint.implicit-global', node, `"${node.name}" is assigned and never declared.`);
      seen.add(node.name);
      continue;
    }
    if (seen.has(node.name)) continue;
    if (node.name === 'crypto' && nodeVersion === 22 && up?.type === 'MemberExpression') {
      if (WEB_CRYPTO.test(propertyName(up) ?? '')) continue;
    }
    seen.add(node.name);
    if (MAGIC.has(node.name)) {
      const module = MODULE_OF[node.name] ?? node.name;
      report('lint.magic-global', node, `"${node.name}" is used without being required.`, {
        notes: [
          `Runtimes up to Node 12 had it built in. It came from the module "${module}".`,
          ...(node.name === 'request' ? [STILL] : []),
        ],
      });
    } else {
      report('lint.undefined-name', node, `Nothing declares "${node.name}".${near(script, node.name)}`);
    }
  }
};

const STILL = 'The lists of what went away disagree about this one; a require works in either case.';

/** `typeof name` somewhere means that its absence was thought of. */
function isAskedFirst(script: ScriptModel, name: string): boolean {
  return script.nodes.some(
    (node) =>
      node.type === 'UnaryExpression' &&
      node.operator === 'typeof' &&
      node.argument.type === 'Identifier' &&
      node.argument.name === name,
  );
}

function near(script: ScriptModel, name: string): string {
  const names = script.nodes.flatMap((node) => {
    const variable = script.variable(node);
    return variable === null ? [] : [variable.name];
  });
  return name.length < 3
    ? ''
    : didYouMean(
        name,
        [...new Set(names)].filter((one) => one.length > 2),
      );
}

/** Calls of Node that older runtimes took and these do not. */
export const nodeApiRule: Rule = (script, report, { nodeVersion }) => {
  for (const node of script.nodes) {
    if (!isAnyCall(node)) continue;
    if (node.callee.type === 'Identifier' && node.callee.name === 'Buffer' && script.isFree(node.callee)) {
      report('lint.new-buffer', node, 'The constructor of Buffer is outdated and unsafe.');
    }
    const callee = node.callee;
    if (callee.type !== 'MemberExpression' || script.moduleOf(callee.object)?.name !== 'crypto') continue;
    const name = propertyName(callee) ?? '';
    if (name === 'pbkdf2' && isWithoutDigest(node.arguments, 6)) {
      report('lint.pbkdf2-without-digest', node, '"crypto.pbkdf2" is called without the name of a digest.');
    }
    if (name === 'pbkdf2Sync' && node.arguments.length < 5 && !hasSpread(node.arguments)) {
      report(
        'lint.pbkdf2-without-digest',
        node,
        '"crypto.pbkdf2Sync" is called without the name of a digest.',
      );
    }
    if (nodeVersion === 22 && /^create(C|Dec)ipher$/.test(name)) {
      report('lint.removed-crypto', node, `"crypto.${name}" no longer exists in Node 22.`);
    }
  }
};

function isWithoutDigest(args: readonly AnyNode[], wanted: number): boolean {
  return args.length > 0 && args.length < wanted && !hasSpread(args);
}

const hasSpread = (args: readonly AnyNode[]) => args.some((one) => one.type === 'SpreadElement');
