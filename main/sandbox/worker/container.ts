import type ivmTypes from 'isolated-vm';
import type { AttemptReport, ResultDetails } from '../guest/guest-api.ts';
import {
  type AttemptResult,
  type ContainerLost,
  type FindingMessage,
  LIMITS,
  type OpenContainer,
  type RunAttempt,
} from '../protocol.ts';
import {
  addFinding,
  type AttemptState,
  keepConsole,
  newAttempt,
  NOTHING,
  syncHashing,
  thrownError,
} from './attempt-state.ts';
import type { ContainerLink, GuestEvent } from './container-link.ts';
import { globalsAdded, reportUserData } from './guest-globals.ts';
import { consoleLevel, guestError } from './guest-error.ts';
import { GuestIsolate, GuestTerminated } from './isolate.ts';
import type { KeptIsolates } from './kept-isolates.ts';
import { Leaves } from './leaves.ts';
import { PasswordPlans } from './password-plan.ts';
import { loadFailure } from './load-failure.ts';
import { applyReport, applyResult } from './reports.ts';
import type { GuestSources } from './snapshots.ts';
import type { TurnBoard } from './watchdog.ts';

const LOAD_MS = 5000;
/** Ticks that may follow one entry when no attempt is open that could run out of time. */
const MOST_IDLE_TICKS = 100_000;
const SCRIPT_KEY = 'script';

/**
 * One isolate with one script, and the attempts running in it. Entries of the guest never nest: what happens while
 * one runs waits until it has returned. Each entry has an owner, the attempt that the work is done for as far as
 * it can be told, so that sockets and time can be booked to attempts although all share the isolate.
 */
export class Container {
  readonly #number: number;
  readonly #link: ContainerLink;
  readonly #board: TurnBoard;
  readonly #kept: KeptIsolates;
  readonly #memoryLimitMb: number;
  /** Under which its isolate may be used again, if it may. */
  #reuse: string | null;
  /** Its isolate has had no other container before. */
  readonly #first: boolean;
  readonly #guest: GuestIsolate;
  readonly #plans = new PasswordPlans();
  readonly #leaves: Leaves;
  readonly #attempts = new Map<number, AttemptState>();
  readonly #loadError: AttemptResult | null;
  readonly #globalsAtStart: ReadonlySet<string>;
  /** Attempts that ended lately, for what they do afterwards. */
  readonly #recent = new Map<number, AttemptState>();
  #waiting: { readonly event: GuestEvent; readonly owner: number }[] = [];
  #inGuest = false;
  #owner = 0;
  #needsTick = false;
  #dead = false;

  constructor(
    number: number,
    spec: OpenContainer,
    ivm: typeof ivmTypes,
    sources: GuestSources,
    kept: KeptIsolates,
    board: TurnBoard,
    link: ContainerLink,
  ) {
    this.#number = number;
    this.#link = link;
    this.#board = board;
    this.#kept = kept;
    this.#memoryLimitMb = spec.memoryLimitMb;
    this.#reuse = spec.fresh && spec.snapshot ? `${spec.slot}\n${spec.text}` : null;
    this.#leaves = new Leaves({
      plans: this.#plans,
      errors: sources.manifest.errors,
      module: (request) => sources.module(request, spec.modules),
      link,
      full: () => [...this.#attempts.values()].some(({ full }) => full),
      owner: () => this.#currentOwner(),
      post: (event, owner) => this.post(event, owner),
      // Drivers derive keys of their own while they sign in; nobody could mend that in the script.
      hashed: (owner, ms, blocking) =>
        this.#hashed(owner, ms, blocking !== null && spec.text.includes(blocking) ? blocking : null),
    });
    const isolate = this.#reuse === null ? null : kept.take(this.#reuse);
    this.#first = isolate === null;
    const snapshot = spec.snapshot ? sources.snapshot(spec.modules, spec.warm) : null;
    this.#guest = new GuestIsolate(ivm, {
      sources: snapshot === null ? sources.read(spec.modules, spec.warm) : [],
      snapshot,
      isolate,
      memoryLimitMb: spec.memoryLimitMb,
      settings: { available: sources.available },
      host: (op, ...args) => this.#host(op, args),
      onCatastrophe: () => process.kill(process.pid, 'SIGKILL'),
    });
    this.#globalsAtStart = sources.globals(snapshot, () => this.#guest.globalNames());
    this.#loadError = this.#load(spec);
  }

  get dead(): boolean {
    return this.#dead;
  }

  run(id: number, run: RunAttempt): void {
    const state = newAttempt(id, run);
    this.#board.begin(run.order);
    if (this.#loadError !== null) {
      this.#link.result(id, this.#loadError);
      return;
    }
    this.#attempts.set(id, state);
    this.#plans.add(id, run.password, run.plan);
    this.#turn(id, () => this.#guest.call(id, SCRIPT_KEY, run.args));
  }

  /** The engine's clock says an attempt is over. Nothing more of it counts, but the container may live on. */
  expire(id: number): void {
    const state = this.#attempts.get(id);
    if (state === undefined) return;
    state.ended ??= { ending: 'expired', value: null, error: null };
    this.#turn(id, () => this.#guest.event(['forget', id]));
  }

  /** Hands an event to the guest, or keeps it until the guest has returned. */
  post(event: GuestEvent, owner: number): void {
    if (this.#dead) return;
    if (this.#inGuest) {
      this.#waiting.push({ event, owner });
      return;
    }
    this.#turn(owner, () => this.#guest.event(event));
  }

  /** Events of sockets that arrived together; those of one attempt enter the guest in one call. */
  postAll(events: readonly { readonly id: number; readonly event: GuestEvent }[]): void {
    const owners = events.map(({ id, event }) => this.#leaves.ownerOf(id, event[0] === 'done'));
    let at = 0;
    while (at < events.length && !this.#dead) {
      const owner = owners[at]!;
      let end = at + 1;
      while (end < events.length && owners[end] === owner) end += 1;
      const together = events.slice(at, end).map(({ event }) => event);
      const event: GuestEvent = together.length === 1 ? together[0]! : ['batch', together];
      this.#work(owner, () => this.#guest.event(event));
      at = end;
    }
    // Not before: an answer of the next group is no longer waited for, but has not arrived either.
    this.#settle();
  }

  dispose(): void {
    this.#dead = true;
    this.#waiting = [];
    this.#leaves.close();
    if (this.#reuse === null || this.#attempts.size > 0 || this.#loadError !== null) this.#guest.dispose();
    else this.#kept.give(this.#reuse, this.#guest.leave(), this.#memoryLimitMb);
  }

  #load(spec: OpenContainer): AttemptResult | null {
    this.#enter(0);
    try {
      return loadFailure(this.#guest.load(SCRIPT_KEY, spec.slot, spec.text, spec.configuration, LOAD_MS));
    } catch (error) {
      return error instanceof GuestTerminated
        ? { ...NOTHING, ending: 'out-of-memory' }
        : { ...NOTHING, ending: 'threw', error: thrownError(error) };
    } finally {
      this.#leave();
    }
  }

  #currentOwner(): number {
    if (this.#owner !== 0) return this.#owner;
    if (this.#attempts.size !== 1) return 0;
    return this.#attempts.keys().next().value ?? 0;
  }

  #enter(owner: number): void {
    this.#inGuest = true;
    this.#owner = owner;
    this.#board.enter(this.#number, this.#currentOwner());
  }

  #leave(): void {
    this.#board.leave();
    this.#inGuest = false;
    this.#owner = 0;
  }

  /** When the attempt that a turn is for, or the last of all that run, is out of time. 0 if none runs. */
  #deadline(owner: number): number {
    const own = this.#attempts.get(owner);
    if (own !== undefined) return own.deadline;
    let latest = 0;
    for (const { deadline } of this.#attempts.values()) latest = Math.max(latest, deadline);
    return latest;
  }

  #turn(owner: number, enter: () => void): void {
    this.#work(owner, enter);
    this.#settle();
  }

  #work(owner: number, enter: () => void): void {
    this.#enterAndTick(owner, enter);
    while (this.#waiting.length > 0 && !this.#dead) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const { event, owner: next } of batch) {
        if (!this.#dead) this.#enterAndTick(next, () => this.#guest.event(event));
      }
    }
  }

  #enterAndTick(owner: number, enter: () => void): void {
    this.#needsTick = false;
    this.#guarded(owner, enter);
    for (let ticks = 0; this.#needsTick && !this.#dead; ticks += 1) {
      this.#needsTick = false;
      const deadline = this.#deadline(owner);
      if (deadline === 0 ? ticks > MOST_IDLE_TICKS : performance.now() > deadline) {
        this.#lose('blocked', owner);
        return;
      }
      this.#guarded(owner, () => this.#guest.event(['tick']));
    }
  }

  #guarded(owner: number, enter: () => void): void {
    this.#enter(owner);
    const culprit = this.#currentOwner();
    const since = performance.now();
    try {
      enter();
    } catch (error) {
      if (error instanceof GuestTerminated) this.#lose('out-of-memory', culprit);
      else this.#uncaught(culprit, error);
    } finally {
      this.#leave();
      const state = this.#attempts.get(culprit);
      if (state !== undefined) state.longestTurnMs = Math.max(state.longestTurnMs, performance.now() - since);
    }
  }

  /** A rejected promise that nobody handled comes out of the entry that caused it. */
  #uncaught(owner: number, error: unknown): void {
    const state = this.#attempts.get(owner) ?? this.#recent.get(owner);
    if (state === undefined) return;
    const told = thrownError(error);
    if (state.ended === null) state.ended = { ending: 'rejected', value: null, error: told };
    else {
      const place = told.line === undefined ? {} : { line: told.line, column: told.column };
      this.#tell(state, {
        code: 'script.threw-after-callback',
        message: `${told.name}: ${told.message}`,
        ...place,
      });
    }
  }

  #lose(reason: ContainerLost['reason'], attempt: number): void {
    if (this.#dead) return;
    // What had already ended is a result all the same.
    for (const state of this.#attempts.values()) if (state.ended !== null) this.#finish(state);
    this.#reuse = null;
    this.#link.lost({ reason, attempt: this.#attempts.has(attempt) ? attempt : 0 });
    this.dispose();
  }

  #settle(): void {
    const idle = this.#leaves.waiting === 'nothing' && this.#leaves.socketCount === 0;
    for (const state of this.#attempts.values()) {
      // Nothing can ever call back: no socket, timer, lookup or hash is left in the whole isolate.
      if (state.ended === null && idle && !this.#inGuest)
        state.ended = { ending: 'never-called-back', value: null, error: null };
      if (state.ended !== null) this.#finish(state);
    }
  }

  #finish(state: AttemptState): void {
    this.#attempts.delete(state.id);
    this.#remember(state);
    // Whatever did not end as it should, or may still run, does not lend its isolate to another.
    if (state.full || !state.ended!.ending.startsWith('called-back') || this.#leaves.waiting === 'work')
      this.#reuse = null;
    const globals = state.full && !this.#dead ? globalsAdded(this.#guest, this.#globalsAtStart) : [];
    reportUserData(this.#guest, state, globals);
    state.sent = true;
    const { ending, value, error } = state.ended!;
    this.#link.result(state.id, {
      ending,
      value,
      error,
      findings: state.findings,
      ...this.#plans.take(state.id),
      hashingMs: state.hashingMs,
      longestTurnMs: state.longestTurnMs,
      memoryBytes: state.full || state.id % 64 === 0 ? this.#heapBytes() : null,
      waiting: this.#leaves.waiting,
      pooled: globals.length > 0,
    });
  }

  #hashed(owner: number, ms: number, blocking: string | null): void {
    const state = this.#attempts.get(owner);
    if (state === undefined) return;
    state.hashingMs += ms;
    if (blocking !== null) this.#tell(state, syncHashing(blocking));
  }

  #heapBytes(): number | null {
    return this.#guest.disposed || !this.#first ? null : this.#guest.heapBytes();
  }

  #remember(state: AttemptState): void {
    this.#recent.set(state.id, state);
    if (this.#recent.size <= 32) return;
    const oldest = this.#recent.keys().next().value;
    if (oldest !== undefined) this.#recent.delete(oldest);
  }

  #tell(state: AttemptState, finding: FindingMessage): void {
    if (addFinding(state, finding) && state.sent) this.#link.finding(state.id, finding);
  }

  /** The guest's one way out. Arguments are copies of whatever the guest gave; nothing thrown may reach it. */
  #host(op: unknown, args: readonly unknown[]): unknown {
    if (this.#dead) return { __err: { name: 'Error', message: 'the attempt is over' } };
    switch (op) {
      case 'tick':
        this.#needsTick = true;
        return 0;
      case 'result':
        this.#onState(args[0], (state) => {
          const [, nth, error, json, details] = args;
          const text = typeof json === 'string' ? json : undefined;
          applyResult(
            state,
            Number(nth),
            guestError(error),
            text,
            details as ResultDetails | undefined,
            (finding) => this.#tell(state, finding),
          );
        });
        return 0;
      case 'report':
        this.#onState(args[0], (state) => {
          applyReport(state, args[1] as AttemptReport, (finding) => this.#tell(state, finding));
        });
        return 0;
      case 'log':
        this.#onState(args[0], (state) => this.#log(state, args[1], args[2]));
        return 0;
      default:
        return this.#leaves.run(op, args);
    }
  }

  /** The attempt a guest message is about: the one named, else the one this turn is for. */
  #onState(named: unknown, apply: (state: AttemptState) => void): void {
    const id = typeof named === 'number' && named > 0 ? named : this.#currentOwner();
    const state = this.#attempts.get(id) ?? this.#recent.get(id);
    if (state === undefined) return;
    try {
      const before = state.ended;
      apply(state);
      if (state.full && before === null && state.ended !== null) this.#link.ended(state.id);
    } catch {
      // A message that is not shaped as agreed says nothing; the attempt's time limit still holds.
    }
  }

  #log(state: AttemptState, level: unknown, text: unknown): void {
    if (!state.full || typeof text !== 'string') return;
    const kept = keepConsole(state, text);
    if (kept === 'drop') return;
    this.#link.console(state.id, { level: consoleLevel(level), text: text.slice(0, LIMITS.consoleBytes) });
    if (kept === 'cut')
      this.#tell(state, {
        code: 'script.console-cut',
        message: 'console output beyond the limit is not kept',
      });
  }
}
