import type { Json } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

/** One call that a program made, as its run tells it. */
export interface Command {
  readonly method: string;
  readonly args: readonly Json[];
  readonly line?: number;
}

/** A call that did nothing; kinds as the sandbox names them. */
export interface Remark {
  readonly kind: 'argument' | 'limit' | 'misplaced' | 'simulated';
  readonly method: string;
  readonly detail: string;
  readonly line?: number;
}

export type CacheRecord = readonly [key: string, value: string, expiresAt: number];

export interface ActionAnswer {
  readonly found: boolean;
  readonly commands: readonly Command[];
  readonly remarks: readonly Remark[];
  readonly cache: readonly CacheRecord[] | null;
}

const KINDS: readonly string[] = ['argument', 'limit', 'misplaced', 'simulated'];
const MOST = 1_000;

/**
 * Reads what a run called back with. A program that tampers with its own sandbox can answer anything, so whatever is
 * not shaped as agreed is left out.
 */
export function actionAnswer(value: Json): ActionAnswer {
  if (!isJsonObject(value)) return { found: false, commands: [], remarks: [], cache: null };
  return {
    found: value['found'] === true,
    commands: commandsOf(value['commands']),
    remarks: listOf(value['remarks']).flatMap((one) => remarkOf(one)),
    cache: Array.isArray(value['cache']) ? listOf(value['cache']).flatMap((one) => recordOf(one)) : null,
  };
}

export function commandsOf(value: Json | undefined): readonly Command[] {
  return listOf(value).flatMap((one) => {
    if (!isJsonObject(one)) return [];
    const { method, args, line } = one;
    if (typeof method !== 'string' || !Array.isArray(args)) return [];
    return [{ method, args: args as readonly Json[], ...lineOf(line) }];
  });
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]).slice(0, MOST) : [];
}

function lineOf(line: Json | undefined): { readonly line?: number } {
  return typeof line === 'number' && Number.isSafeInteger(line) ? { line } : {};
}

function remarkOf(value: Json): readonly Remark[] {
  if (!isJsonObject(value)) return [];
  const { kind, method, detail, line } = value;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return [];
  if (typeof method !== 'string' || typeof detail !== 'string') return [];
  return [
    {
      kind: kind as Remark['kind'],
      method: method.slice(0, 100),
      detail: detail.slice(0, 300),
      ...lineOf(line),
    },
  ];
}

function recordOf(value: Json): readonly CacheRecord[] {
  if (!Array.isArray(value)) return [];
  const [key, text, until] = value as readonly Json[];
  return typeof key === 'string' && typeof text === 'string' && typeof until === 'number'
    ? [[key, text, until]]
    : [];
}
