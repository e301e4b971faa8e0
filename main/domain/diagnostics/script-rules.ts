import type { ScriptRule } from '#domain/diagnostics/script-rule.ts';
import { BEHAVIOUR_RULES } from '#domain/diagnostics/script-rules-behaviour.ts';
import { CONTENT_RULES } from '#domain/diagnostics/script-rules-content.ts';

/** Every rule for action scripts, in the order of their numbers. */
export const SCRIPT_RULES: readonly ScriptRule[] = [...BEHAVIOUR_RULES, ...CONTENT_RULES];
