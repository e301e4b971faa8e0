import { calledName, isCall, isText, propertyName, receiver } from '#lint/ast.ts';
import type { Rule } from '#lint/rule.ts';
import { sqlTexts } from '#lint/sql.ts';

/** What a script of its slot should not do, and slots that nobody calls. */
export const slotRule: Rule = (script, report, { importMode }) => {
  const { slot, fn } = script;
  if (slot === 'login' || slot === 'get_user') {
    for (const { node, text } of sqlTexts(script)) {
      if (/^[\s(]*delete\b/i.test(text)) report('lint.delete-in-read-slot', node, DELETES);
    }
    for (const node of script.nodes) {
      if (!isCall(node) || receiver(node) === null) continue;
      const name = calledName(node) ?? '';
      const isMongo = /^(deleteOne|deleteMany|findOneAndDelete)$/.test(name);
      const isHttp = name === 'delete' && script.moduleOf(receiver(node)!)?.name === 'axios';
      if (isMongo || isHttp) report('lint.delete-in-read-slot', node, DELETES);
    }
    for (const node of script.nodes) {
      if (node.type !== 'Property' || propertyName(node) !== 'method' || !isText(node.value)) continue;
      if (node.value.value.toUpperCase() === 'DELETE') report('lint.delete-in-read-slot', node, DELETES);
    }
  } else if (importMode) {
    report('lint.slot-not-used', fn, `With import on, a tenant does not call "${slot}".`);
  }
  if (slot === 'change_email') {
    report('lint.change-email-lost', fn, 'Saving scripts in the dashboard removes this one.');
  }
};

const DELETES = 'The script deletes from the legacy store.';
