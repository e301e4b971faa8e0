/** Lists of users that a comparison of trials has by itself. */
export const CHANGES = ['fixed', 'broken', 'changed', 'only-in-first', 'only-in-second'] as const;

export interface CompareOptions {
  readonly phase: 'lazy' | 'bulk';
  readonly users?: (typeof CHANGES)[number] | true;
  readonly from?: string;
  readonly to?: string;
  readonly after?: number;
  readonly limit: number;
  readonly format: 'text' | 'csv';
}
