import type { Figure } from '#contract/plan.ts';
import { formatCount } from '#renderer/components/format.ts';

type Source = Figure['from'][number];

/** Where a figure comes from, in a few words. */
export function sourceText(from: readonly Source[]): string {
  return [...new Set(from.map(one))].join('; ');
}

function one(source: Source): string {
  switch (source.kind) {
    case 'trial':
      return `trial ${source.trial}`;
    case 'measured':
      return `measured on ${formatCount(source.count)} ${source.what}`;
    case 'documented':
      return `documented: ${source.what}`;
    case 'assumption':
      return `assumption ${source.name}`;
    case 'forecast':
      return source.by === 'last-login' ? 'forecast from last logins' : 'forecast from the access log';
    case 'request':
      return `asked for: ${source.option}`;
  }
}
