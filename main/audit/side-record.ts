import type { AuditValues } from '#domain/audit/audit-user.ts';
import type { Fields } from '#audit/record-codec.ts';

/** A user of either side as it is written down. */
export interface SideRecord {
  /** Id within the connection. */
  readonly id: string;
  readonly values: AuditValues;
  /** Whether it can be found by its address and its username. */
  readonly named: boolean;
  /** From the third bit on: the first two are taken. */
  readonly flags: number;
  readonly numbers: readonly [number, number];
  /** The values and what belongs to the side. */
  readonly fields: Fields;
}
