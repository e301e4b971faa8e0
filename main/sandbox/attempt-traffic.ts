import type { RefusedConnection, ScriptConnection, WireStatement } from '#engine/ports/script-runner.ts';

const MOST_STATEMENTS = 500;
const MOST_REFUSED = 50;

export interface ConnectionRecord {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly openedAt: number;
  closedAt: number | null;
  tls: 'none' | 'verified' | 'unverified';
  /** The script itself switched verification off, or goes on although it failed. */
  verificationOff: boolean;
}

interface OpenStatement {
  readonly connection: number;
  readonly protocol: WireStatement['protocol'];
  readonly text: () => string;
  readonly binds: () => readonly string[];
  readonly since: number;
}

/** What one attempt did on the network: booked by the broker, read when the attempt is over. */
export class AttemptTraffic {
  readonly #full: boolean;
  readonly #startedAt: number;
  readonly #open = new Map<number, OpenStatement>();
  readonly statements: WireStatement[] = [];
  readonly refused: RefusedConnection[] = [];
  readonly connections = new Map<number, ConnectionRecord>();
  /** A connection that this attempt used was refused or ended by the other side. */
  lostConnection = false;
  statementCount = 0;
  /** Connections opened for this attempt, as against those of an earlier one that it used. */
  connectionCount = 0;
  #busy = 0;
  #busySince = 0;
  #databaseMs = 0;
  /** Set when the callback was called: what comes later is work nobody waits for. */
  calledBackAt: number | null = null;
  /** Statements and connections begun after the callback. */
  lateWork = 0;

  /** What the user typed was part of a statement's own text. */
  builtStatement = false;
  readonly #typed: readonly Buffer[];

  /** `typed`: what the user typed, as it would stand in the text of a statement. */
  constructor(full: boolean, startedAt: number, typed: readonly Buffer[] = []) {
    this.#typed = typed;
    this.#full = full;
    this.#startedAt = startedAt;
  }

  /** Something is being waited for: a statement or a connection. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  databaseMs(now: number): number {
    return this.#databaseMs + (this.#busy > 0 ? now - this.#busySince : 0);
  }

  wait(): void {
    if (this.#busy === 0) this.#busySince = performance.now();
    this.#busy += 1;
  }

  waited(): void {
    if (this.#busy === 0) return;
    this.#busy -= 1;
    if (this.#busy === 0) this.#databaseMs += performance.now() - this.#busySince;
  }

  opened(connection: ConnectionRecord): void {
    this.connections.set(connection.id, connection);
    this.connectionCount += 1;
    if (this.calledBackAt !== null) this.lateWork += 1;
  }

  uses(connection: ConnectionRecord): void {
    this.connections.set(connection.id, connection);
  }

  refuse(refused: RefusedConnection): void {
    const known = this.refused.some(
      ({ host, port, reason }) => host === refused.host && port === refused.port && reason === refused.reason,
    );
    if (!known && this.refused.length < MOST_REFUSED) this.refused.push(refused);
  }

  begin(
    statement: number,
    connection: number,
    protocol: WireStatement['protocol'],
    text: () => string,
    binds: () => readonly string[],
  ): void {
    this.statementCount += 1;
    if (this.calledBackAt !== null) this.lateWork += 1;
    this.wait();
    if (this.#full)
      this.#open.set(statement, { connection, protocol, text, binds, since: performance.now() });
  }

  looksInto(own: Buffer): void {
    this.builtStatement ||= this.#typed.some((typed) => own.includes(typed));
  }

  end(statement: number, rows: number | null, error?: string): void {
    this.waited();
    const open = this.#open.get(statement);
    if (open === undefined) return;
    this.#open.delete(statement);
    this.#keep(open, rows, error);
  }

  /** Statements without an answer are told too: often they are what an attempt was waiting for. */
  finish(): void {
    for (const open of this.#open.values()) this.#keep(open, null, 'no answer');
    this.#open.clear();
  }

  #keep(open: OpenStatement, rows: number | null, error?: string): void {
    if (this.statements.length >= MOST_STATEMENTS) return;
    this.statements.push({
      protocol: open.protocol,
      connection: open.connection,
      text: open.text(),
      binds: open.binds(),
      atMs: open.since - this.#startedAt,
      ms: performance.now() - open.since,
      rows,
      ...(error === undefined ? {} : { error }),
    });
  }

  told(now: number): ScriptConnection[] {
    return [...this.connections.values()].map(({ id, host, port, tls, openedAt, closedAt }) => ({
      id,
      host,
      port,
      tls,
      openMs: (closedAt ?? now) - openedAt,
      leftOpen: closedAt === null,
    }));
  }
}
