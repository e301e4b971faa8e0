import type { PlanEstimate, PlanResult } from '#contract/plan.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { CATALOG } from '#domain/diagnostics/catalog.ts';
import type { FateMatrix } from '#domain/plan/fates.ts';
import { type Order, recommend } from '#domain/plan/recommend.ts';
import type { Source } from '#domain/plan/source.ts';
import { exactly, remaining, sum } from '#engine/plan/figures.ts';
import type { Clashes } from '#engine/plan/clashes.ts';
import type { Forecasts } from '#engine/plan/forecasts.ts';

type Breakage = PlanResult['orders'][number]['breaks'][number];

export interface OrderInputs {
  readonly matrix: FateMatrix;
  readonly used: Forecasts['used'];
  /** What the fates rest on. */
  readonly from: readonly Source[];
  /** Users that clashed in the mixed trial of each order; null where there is none. */
  readonly clashes: Readonly<Record<Order, Clashes | null>>;
  readonly lazyTried: boolean;
}

/** Users in need under lazy first: those in any case, and what is left of those whom a login can help. */
export interface Needs {
  readonly reset: PlanEstimate;
  readonly resetUnlessLogin: PlanEstimate;
  readonly left: PlanEstimate;
  readonly leftUnlessLogin: PlanEstimate;
}

export function needsOf({ matrix, used, from }: OrderInputs): Needs {
  return {
    reset: exactly(matrix.need('reset'), from),
    resetUnlessLogin: remaining(matrix.need('reset-unless-login'), used?.savedByLogin ?? null, from),
    left: exactly(matrix.need('left'), from),
    leftUnlessLogin: remaining(matrix.need('left-unless-login'), used?.movedByLogin ?? null, from),
  };
}

/** Both orders with what each breaks, and the one that breaks less. */
export function ordersPart(inputs: OrderInputs): Pick<PlanResult, 'orders' | 'reasons'> {
  const { matrix, used, lazyTried } = inputs;
  const needs = needsOf(inputs);
  const everybody = matrix.users();
  const saved = used?.savedByLogin;
  const { order, reasons } = recommend({
    savable: matrix.need('reset-unless-login'),
    saved: saved === undefined || saved.expected === null ? null : { ...saved, expected: saved.expected },
    waiting: matrix.users(['password'], ['fails']),
    share: used === null || everybody === 0 ? null : (used.atEnd.expected ?? 0) / everybody,
    lazyTried,
  });
  const orders = [lazyFirst(inputs, needs), bulkFirst(inputs, needs)];
  return {
    orders: orders.map((one) => ({ ...one, recommended: one.order === order })),
    reasons: [...reasons],
  };
}

type Draft = Omit<PlanResult['orders'][number], 'recommended'>;

function lazyFirst(inputs: OrderInputs, needs: Needs): Draft {
  const { matrix, used, from } = inputs;
  const everybody = matrix.users();
  const waiting = matrix.users(['password'], ['fails']);
  const share = (part: number | null) =>
    part === null || everybody === 0 ? null : Math.round((waiting * part) / everybody);
  const met: PlanEstimate =
    used === null
      ? { expected: null, lower: 0, upper: waiting, from: [...from] }
      : {
          expected: share(used.atEnd.expected),
          lower: share(used.atEnd.lower) ?? 0,
          upper: share(used.atEnd.upper) ?? waiting,
          from: [...from, ...used.atEnd.from],
        };
  return {
    order: 'lazy-first',
    harmed: sum([needs.reset, needs.resetUnlessLogin, needs.left, needs.leftUnlessLogin]),
    breaks: [
      ...breakage('plan.fails-until-import', waiting === 0 ? exactly(0, from) : met),
      ...breakage('plan.reset-unless-login', needs.resetUnlessLogin),
      ...breakage('plan.reset-anyway', needs.reset),
      ...breakage('plan.left-unless-login', needs.leftUnlessLogin),
      ...breakage('plan.left-behind', needs.left),
      ...clash(inputs, 'lazy-first'),
    ],
  };
}

function bulkFirst(inputs: OrderInputs, needs: Needs): Draft {
  const { matrix, from } = inputs;
  const losing = exactly(matrix.need('reset-unless-login'), from);
  return {
    order: 'bulk-first',
    harmed: sum([needs.reset, losing, needs.left, needs.leftUnlessLogin]),
    breaks: [
      ...breakage('plan.loses-lazy-login', losing),
      ...breakage('plan.reset-anyway', needs.reset),
      ...breakage('plan.left-unless-login', needs.leftUnlessLogin),
      ...breakage('plan.left-behind', needs.left),
      ...clash(inputs, 'bulk-first'),
    ],
  };
}

function clash({ clashes }: OrderInputs, order: Order): Breakage[] {
  const found = clashes[order];
  if (found === null) return [];
  const from: readonly Source[] = [{ kind: 'trial', trial: found.trial }];
  return [
    ...breakage('plan.clashes', exactly(found.users, from)),
    ...breakage('plan.across-already', exactly(found.across, from)),
  ];
}

function breakage(code: DiagnosticCode, users: PlanEstimate): Breakage[] {
  if (users.upper === 0) return [];
  const { severity, title, meaning, fix } = CATALOG[code];
  return [{ code, severity, title, why: meaning, fix, users }];
}
