import type { Slot } from '#domain/migration/slots.ts';

/** A set of database action scripts that a connection can start from: one script for each slot. */
export interface ScriptTemplate {
  /** Its folder below `templates/scripts`. */
  readonly name: string;
  readonly title: string;
  /** What the scripts talk to. */
  readonly engine: 'postgresql' | 'mysql' | 'sqlserver' | 'mongodb' | 'ldap' | 'http' | 'none';
  /** Notations of stored passwords that `login` can check; none where another system checks them. */
  readonly hashes: readonly string[];
  /** Whether users can be found by a username too. */
  readonly usernames: boolean;
  /** Names that the scripts read from `configuration`. */
  readonly configuration: readonly string[];
  /** Slots that do their work; the scripts of the others call back an error that says why not. */
  readonly slots: readonly Slot[];
  readonly testedAgainst: string;
}
