/** A point that public documentation leaves open or answers in two ways, and how a trial can settle it. */
export interface AssumptionRule {
  readonly question: string;
  /** Value to what it changes in a trial. */
  readonly options: Readonly<Record<string, string>>;
  readonly default: string;
  /** Where the public material stands. */
  readonly source: string;
}
