import type { PipelineRule } from '#domain/pipeline/pipeline.ts';

export interface RulesProgram {
  /** All Rules as one list of expressions, as a tenant sends them to its sandbox in one piece. */
  readonly text: string;
  /** The Rule that a line of the program belongs to, and the line in that Rule's own file, 1-based. */
  readonly place: (line: number) => { readonly index: number; readonly line: number };
}

/** Puts Rules behind each other. Each keeps its own lines and stands in parentheses. */
export function rulesProgram(rules: readonly PipelineRule[]): RulesProgram {
  const starts: number[] = [];
  let text = '';
  let line = 1;
  for (const [index, rule] of rules.entries()) {
    text += index === 0 ? '(\n' : ',\n(\n';
    line += index === 0 ? 1 : 2;
    starts.push(line);
    text += `${rule.text}\n)`;
    line += rule.text.split('\n').length;
  }
  return {
    text,
    place: (at) => {
      const index = Math.max(
        0,
        starts.findLastIndex((start) => start <= at),
      );
      return { index, line: Math.max(1, at - (starts[index] ?? 1) + 1) };
    },
  };
}
