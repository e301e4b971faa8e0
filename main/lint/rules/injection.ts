import type { AnyNode } from 'acorn';
import { bare, calledName, fixedText, isAnyCall, variableParts } from '#lint/ast.ts';
import type { Rule } from '#lint/rule.ts';
import { sqlTexts } from '#lint/sql.ts';
import { madeFrom } from '#lint/taint.ts';

/** Texts with a meaning for somebody else, put together from what a user typed. */
export const injectionRule: Rule = (script, report) => {
  const isTyped = madeFrom(script, script.inputs, { results: false });
  for (const { parts } of sqlTexts(script)) {
    const typed = parts.find((one) => isTyped(one));
    if (typed !== undefined) {
      report('script.sql-built', typed, 'What the user typed becomes part of the SQL statement.');
    }
  }
  for (const node of script.nodes) {
    const up = script.parent(node);
    if (up?.type === 'BinaryExpression' && fixedText(up) !== null) continue;
    const text = fixedText(node);
    if (text === null || !text.includes('\ue000')) continue;
    const parts = variableParts(node);
    if (/^\(?[&|]?\(\w[\w-]*=\ue000|\(\w[\w-]*=\ue000\)/.test(text) && script.requires('ldapjs') !== null) {
      const typed = parts.find((one) => isTyped(one));
      if (typed !== undefined) {
        report('lint.ldap-filter-built', typed, 'What the user typed becomes part of the LDAP filter.');
      }
    } else if (isAddress(text) && isUsedAsAddress(node, up)) {
      const typed = parts.slice(text.startsWith('\ue000') ? 1 : 0).find((one) => isTyped(one));
      if (typed !== undefined)
        report('lint.url-not-encoded', typed, 'What the user typed becomes part of the URL as it is.');
    }
  }
};

/** Starts with a scheme, or with a variable base and a path. */
function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) || /^\ue000\/[\w/?=&.-]*\ue000/.test(text);
}

function isUsedAsAddress(node: AnyNode, up: AnyNode | null): boolean {
  if (up?.type === 'VariableDeclarator')
    return up.id.type === 'Identifier' && /ur[il]|endpoint|address|path/i.test(up.id.name);
  if (up?.type === 'Property') return up.key.type === 'Identifier' && /^(url|uri|path)$/.test(up.key.name);
  return (
    isAnyCall(up) &&
    up.arguments[0] === bare(node) &&
    /^(fetch|axios|get|post|put|patch|del|delete|request|URL)$/.test(calledName(up) ?? '')
  );
}
