import type { AnyNode } from 'acorn';
import { calledName, type FunctionNode, isCall, isFunction, some, someNow } from '#lint/ast.ts';
import { analyseFlow, type FlowResult } from '#lint/flow/analyse-flow.ts';
import type { Ending } from '#lint/flow/path-set.ts';
import type { Position, Report, Rule } from '#lint/rule.ts';
import type { ScriptModel } from '#lint/script-model.ts';

/** Whether every path gets to the callback, once, and ends there. */
export const callbackRule: Rule = (script, report) => {
  if (script.callback === null) return;
  const { name } = script.callback;
  if (script.callback.references.length === 0) {
    report('script.never-called-back', script.fn, `The script never calls its last parameter, "${name}".`, {
      notes: script.fn.async ? [RETURNED] : [],
    });
    return;
  }
  const flow = analyseFlow(script);
  if (flow === null) return;
  for (const ending of flow.missed) reportMissed(script, flow, ending, report);
  reportTwice(flow, name, report);
  reportAfter(script, flow, name, report);
  reportEvents(script, flow, name, report);
  reportPromises(flow, report);
};

const RETURNED = 'A tenant ignores what an async function returns; only the callback ends the call.';

function reportMissed(script: ScriptModel, flow: FlowResult, ending: Ending, report: Report): void {
  const when = flow.describe(ending);
  const where = ending.fellOff ? endOf(ending.at) : ending.at;
  const returns =
    ending.at.type === 'ReturnStatement' && ending.at.argument !== null && !isNothingReturned(ending.at);
  report(
    'script.never-called-back',
    where,
    `A path ends here without "${script.callback!.name}" being called.`,
    {
      notes: [
        ...(when === null ? [] : [`The path is taken when: ${when}.`]),
        ...(returns && script.fn.async ? [RETURNED] : []),
      ],
    },
  );
}

function isNothingReturned(node: Extract<AnyNode, { type: 'ReturnStatement' }>): boolean {
  return node.argument?.type === 'Identifier' && node.argument.name === 'undefined';
}

function endOf(node: AnyNode): Position {
  const body = isFunction(node) ? node.body : node;
  const { line, column } = body.loc!.end;
  return { line, column: Math.max(0, column - 1) };
}

const TWICE = {
  loop: 'may be called again in the next round of the loop',
  'late-error': 'is called again when something fails after it was called',
  pending: 'is called here while a function that was handed on before will call it too',
} as const;

function reportTwice(flow: FlowResult, name: string, report: Report): void {
  for (const [node, why] of flow.twice) {
    if (why === 'path') {
      report('script.called-twice', node, `"${name}" was already called on a path that leads here.`);
    } else {
      report('script.called-twice', node, `"${name}" ${TWICE[why]}.`, { severity: 'warning' });
    }
  }
}

const CLOSERS = /^(end|close|destroy|release|quit|disconnect|unbind|dispose|done|terminate|logout)$/;

function reportAfter(script: ScriptModel, flow: FlowResult, name: string, report: Report): void {
  const seen = new Set<FunctionNode | null>();
  for (const statement of flow.after) {
    const around = script.functionAround(statement);
    if (seen.has(around)) continue;
    seen.add(around);
    const works = someNow(statement, (node) => isCall(node) && !CLOSERS.test(calledName(node) ?? ''));
    if (works) {
      report('script.work-after-callback', statement, `This runs after "${name}" has been called.`);
    } else {
      report('lint.close-after-callback', statement, `This is closed after "${name}" has been called.`);
    }
  }
}

/** Events that come once for each row, chunk or message. */
const REPEATED = new Set(['row', 'data', 'readable', 'message', 'searchEntry', 'record', 'infoMessage']);

function reportEvents(script: ScriptModel, flow: FlowResult, name: string, report: Report): void {
  for (const [handler, event] of flow.events) {
    if (event === 'errorMessage') {
      report(
        'lint.error-event-and-callback',
        handler,
        `The handler of "errorMessage" calls "${name}", and the request that failed will call it too.`,
      );
    } else if (REPEATED.has(event) && !isGuardedByFlag(script, handler)) {
      report('lint.callback-per-event', handler, `The handler of "${event}" calls "${name}" for each one.`);
    }
  }
}

/** It sets or asks a variable of the functions around it, so it knows whether it was there before. */
function isGuardedByFlag(script: ScriptModel, handler: FunctionNode): boolean {
  return some(handler, (node) => {
    if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression') return true;
    if (
      isCall(node) &&
      /^(off|remove(All)?Listeners?|once|destroy|end|close|cancel)$/.test(calledName(node) ?? '')
    ) {
      return true;
    }
    return node.type === 'IfStatement' && script.parent(node) !== null && node.test.type === 'Identifier';
  });
}

function reportPromises(flow: FlowResult, report: Report): void {
  for (const [fn, first] of flow.unguarded) {
    const what = first.type === 'ThrowStatement' ? 'an error is thrown' : 'an awaited call fails';
    report('script.rejected', first, `If ${what} here, nothing catches it and nobody is called back.`, {
      notes: [`The async function starts in line ${fn.loc!.start.line}.`],
      severity: 'warning',
    });
  }
  for (const node of flow.unhandled) {
    report('script.rejected', node, 'If this promise fails, nothing handles it.', { severity: 'warning' });
  }
}
