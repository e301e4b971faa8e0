import type { Json } from '#domain/json.ts';
import type { Command } from '#domain/pipeline/commands.ts';
import type { Notice } from '#domain/pipeline/effects.ts';
import { factorTypes, type PipelineUser } from '#domain/pipeline/pipeline-user.ts';

export interface Wish {
  readonly what: string;
  readonly notice: Pick<Notice, 'code' | 'detail'> | null;
}

/**
 * A second factor that an Action asks for, against what the user has. Enrolments do not come along with a migration
 * unless somebody imports them, so a challenge may find none.
 */
export function factorWish({ method, args }: Command, user: PipelineUser | null): Wish {
  const enrolled = factorTypes(user?.profile.mfaFactors ?? null);
  if (method === 'multifactor.enable') {
    const provider = typeof args[0] === 'string' ? args[0] : '';
    if (provider === 'none') return { what: 'no second factor', notice: null };
    const what = `a second factor (${provider})`;
    if (enrolled.length > 0) return { what, notice: null };
    return {
      what,
      notice: { code: 'pipeline.enrolment-asked', detail: `no factor is enrolled for "${provider}"` },
    };
  }
  const wanted = wantedTypes(args);
  const what = `${method.endsWith('Any') ? 'one of' : ''} ${wanted.join(', ')}`.trim();
  if (method.startsWith('authentication.enroll')) {
    const open = wanted.filter((type) => !enrolled.includes(type));
    return open.length > 0
      ? {
          what: `enrolment of ${what}`,
          notice: { code: 'pipeline.enrolment-asked', detail: open.join(', ') },
        }
      : {
          what: `enrolment of ${what}`,
          notice: { code: 'pipeline.no-factor', detail: `all enrolled: ${wanted.join(', ')}` },
        };
  }
  const usable = wanted.filter((type) => enrolled.includes(type) || type === 'email');
  return usable.length > 0
    ? { what: `a challenge with ${what}`, notice: null }
    : {
        what: `a challenge with ${what}`,
        notice: { code: 'pipeline.no-factor', detail: `none enrolled of ${wanted.join(', ')}` },
      };
}

function wantedTypes(args: readonly Json[]): readonly string[] {
  const [first, second] = args;
  const list = Array.isArray(first) ? (first as readonly Json[]) : [first ?? null];
  const more =
    typeof second === 'object' && second !== null && !Array.isArray(second)
      ? (second as { readonly [key: string]: Json })['additionalFactors']
      : null;
  return [...list, ...(Array.isArray(more) ? (more as readonly Json[]) : [])].flatMap((one) => {
    const type =
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? (one as { readonly [key: string]: Json })['type']
        : null;
    return typeof type === 'string' ? [type] : [];
  });
}
