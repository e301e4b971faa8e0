/** How much a finding matters: an error stops the user or run it is about, a warning does not. */
export type Severity = 'error' | 'warning' | 'note';

/** Where a finding is. Rows are named by key and column only: a place never holds a value. */
export type Place =
  | { readonly kind: 'row'; readonly table: string; readonly key: string; readonly column?: string }
  | { readonly kind: 'script'; readonly slot: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'file'; readonly path: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'setting'; readonly name: string };

/**
 * A finding as data. The message stands alone; notes add facts; only help proposes a change.
 * None of the texts may hold a password, a hash or a secret.
 */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly place?: Place;
  readonly notes?: readonly string[];
  readonly help?: string;
}

/** One entry of the closed catalog: what `userferry explain CODE` prints. */
export interface CatalogEntry {
  readonly severity: Severity;
  /** A few words, lower case, no full stop. Groups of findings are headed by it. */
  readonly title: string;
  /** What it means and why it matters, in sentences. */
  readonly meaning: string;
  /** What to do about it, in sentences. */
  readonly fix: string;
  /** Name of the public documentation page the rule comes from, where there is one. */
  readonly reference?: string;
}
