/** What a plan says, for every form it is written in. Texts are as they come: whoever draws them makes them safe. */
export interface PlanSection {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface PlanColumn {
  readonly title: string;
  readonly number?: boolean;
  /** The column that gives way where there is no room. */
  readonly flexible?: boolean;
}

export interface PlanItem {
  readonly title: string;
  readonly tone: 'error' | 'warning' | 'note' | 'plain';
  readonly lines: readonly (readonly [label: string, text: string])[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly soft?: boolean }
  | {
      readonly kind: 'facts';
      readonly rows: readonly (readonly [name: string, value: string, source: string])[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly PlanColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'items'; readonly items: readonly PlanItem[] }
  | { readonly kind: 'curve'; readonly points: readonly CurvePoint[]; readonly whole: number };

export interface CurvePoint {
  readonly day: number;
  readonly date: string;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}
