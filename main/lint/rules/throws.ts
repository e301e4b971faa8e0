import type { AnyNode } from 'acorn';
import { calledName, type FunctionNode, isAnyCall, isFunction } from '#lint/ast.ts';
import type { Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';

const PROMISED = /^(then|catch|finally|Promise)$/;
/** Called at once, so that the error goes where the call stands. */
const AT_ONCE =
  /^(forEach|map|filter|some|every|find|findIndex|findLast|reduce|flatMap|sort|each|replace|replaceAll|parse|from)$/;
const EVENTS = /^(on|once|addListener|setTimeout|setInterval|setImmediate|nextTick)$/;

/** Errors thrown where nobody stands to catch them. */
export const throwRule: Rule = (script, report) => {
  for (const node of script.nodes) {
    if (node.type !== 'ThrowStatement' || isCaught(script, node)) continue;
    const around = script.functionAround(node);
    if (around === null || around.async) continue;
    if (around === script.fn) {
      report('script.threw', node, 'The error leaves the script instead of going to the callback.');
    } else if (isCalledByDriver(script, around)) {
      report('script.threw', node, 'The error leaves a function that a driver or a timer calls later.');
    }
  }
};

function isCaught(script: ScriptModel, node: AnyNode): boolean {
  let at = node;
  for (const up of script.ancestors(node)) {
    if (isFunction(up)) return false;
    if (up.type === 'TryStatement' && up.handler && up.block === at) return true;
    at = up;
  }
  return false;
}

/** Handed over as it stands, to something that is neither a promise nor works through a list at once. */
function isCalledByDriver(script: ScriptModel, fn: FunctionNode): boolean {
  const up = script.parent(fn);
  if (!isAnyCall(up) || up.callee === fn) return false;
  const name = calledName(up) ?? '';
  if (PROMISED.test(name) || AT_ONCE.test(name) || script.localFunction(up.callee) !== null) return false;
  if (EVENTS.test(name)) return true;
  const first = fn.params[0];
  return first?.type === 'Identifier' && /^(e|er|err|error|\w+(Err|Error))$/.test(first.name);
}
