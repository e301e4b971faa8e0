import { serialize } from 'node:v8';
import type { AttemptTraffic } from '../attempt-traffic.ts';
import type { Frames } from '../frames.ts';
import { FRAME, LIMITS } from '../protocol.ts';
import { type SocketOp, socketOpSchema, type TapMessage } from '../worker-messages.ts';
import { Names } from './dns.ts';
import type { EgressPolicy } from './egress-policy.ts';
import type { Errno } from './errno.ts';
import type { Resolver } from './resolver.ts';
import { BrokeredSocket } from './sockets.ts';

/** How late every answer comes while the network plays slow: a loaded database, still below usual time-outs. */
const SLOW_MS = 3_000;
/** Bytes on their way to one worker above which its sockets are not read. */
const HOLD_BYTES = 16 * 1024 * 1024;
const MOST_LOOKUPS = 64;
let connections = 0;

interface ContainerNetwork {
  readonly sockets: Map<number, BrokeredSocket>;
  readonly names: Names;
  lookups: number;
}

/** What scripts find outside. Changes only while no container is open. */
export interface Outside {
  policy: EgressPolicy;
  /** What happens to allowed connections: `down` refuses them, `slow` delays what comes back. */
  network: 'normal' | 'down' | 'slow';
  /** Left out: the system's. */
  resolver?: Resolver;
}

export interface BrokerOptions {
  readonly frames: Frames;
  readonly outside: Outside;
  readonly errno: Errno;
  /** An attempt that is running, or lately was, in this container of this worker. */
  readonly traffic: (container: number, attempt: number) => AttemptTraffic | null;
  /** The attempt that these bytes are sent for, where they say so themselves. */
  readonly claimant: (container: number, bytes: Buffer) => AttemptTraffic | null;
}

/**
 * The network of one worker: its containers' sockets and names. Numbers of sockets are the guest's; they are
 * looked up among those of the container the frame names, and nowhere else.
 */
export class Broker {
  readonly #options: BrokerOptions;
  readonly #containers = new Map<number, ContainerNetwork>();
  #holding = false;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  open(container: number): void {
    this.#containers.set(container, {
      sockets: new Map(),
      names: new Names(this.#options.outside.policy, this.#options.outside.resolver),
      lookups: 0,
    });
  }

  closeContainer(container: number): void {
    const network = this.#containers.get(container);
    if (network === undefined) return;
    this.#containers.delete(container);
    for (const socket of network.sockets.values()) socket.destroy();
  }

  close(): void {
    for (const container of this.#containers.keys()) this.closeContainer(container);
  }

  openSockets(container: number): number {
    return this.#containers.get(container)?.sockets.size ?? 0;
  }

  write(container: number, socket: number, payload: Buffer, drain: boolean): void {
    // A copy: the payload is a view of a chunk of the pipe that would otherwise live as long as the write.
    const found = this.#containers.get(container)?.sockets.get(socket);
    if (found === undefined) return;
    const traffic = this.#options.claimant(container, payload);
    if (traffic !== null) found.useFor(traffic);
    found.write(Buffer.from(payload), drain);
  }

  owner(container: number, socket: number, payload: Buffer): void {
    if (payload.length !== 4) return;
    const traffic = this.#options.traffic(container, payload.readUInt32LE(0));
    if (traffic !== null) this.#containers.get(container)?.sockets.get(socket)?.useFor(traffic);
  }

  tapped(container: number, socket: number, message: TapMessage): void {
    this.#containers.get(container)?.sockets.get(socket)?.told(message);
  }

  /** False if the message is not one the worker may send. */
  op(container: number, id: number, payload: Buffer): boolean {
    const op = parseOp(payload);
    if (op === null) return false;
    const network = this.#containers.get(container);
    if (network === undefined) return true;
    switch (op.op) {
      case 'lookup':
        void this.#lookup(container, network, id, op);
        break;
      case 'dns':
        void this.#records(container, network, id, op);
        break;
      case 'connect':
        this.#connect(container, network, id, op);
        break;
      case 'close':
        network.sockets.get(id)?.close();
        network.sockets.delete(id);
        break;
      case 'starttls':
        network.sockets.get(id)?.startTls(op.options);
        break;
      default:
        network.sockets.get(id)?.[op.op]();
    }
    return true;
  }

  #connect(
    container: number,
    network: ContainerNetwork,
    id: number,
    op: Extract<SocketOp, { op: 'connect' }>,
  ): void {
    const traffic = this.#options.traffic(container, op.attempt);
    const { errno } = this.#options;
    const fail = (code: string): void => this.#event(container, id, ['sock', id, 'connect', errno(code)]);
    if (network.sockets.has(id)) return fail('EINVAL');
    if (network.sockets.size >= LIMITS.socketsPerContainer) return fail('EMFILE');
    const decision = this.#options.outside.policy.connect(op.address, op.port, network.names);
    if (!decision.allowed) {
      const host = [...(network.names.namesOf(op.address) ?? [])][0] ?? op.address;
      traffic?.refuse({
        host,
        port: op.port,
        reason: decision.reason,
        ...(op.line === undefined ? {} : { line: op.line }),
      });
      return fail('EACCES');
    }
    if (this.#options.outside.network === 'down') {
      if (traffic !== null) traffic.lostConnection = true;
      return fail('ECONNREFUSED');
    }
    connections += 1;
    const record = {
      id: connections,
      host: decision.rule.host,
      port: op.port,
      openedAt: performance.now(),
      closedAt: null,
      tls: 'none',
      verificationOff: false,
    } as const;
    const socket = new BrokeredSocket({ ...record }, decision.address, traffic, errno, {
      data: (bytes) => {
        if (!network.sockets.has(id)) return;
        this.#options.frames.send(FRAME.data, container, id, bytes);
        this.#holdIfFull();
      },
      event: (kind, value) => {
        if (network.sockets.has(id)) this.#event(container, id, ['sock', id, kind, value]);
      },
      arrive: (tell) => this.#arrive(tell),
    });
    network.sockets.set(id, socket);
    traffic?.opened(socket.record);
  }

  /** Timers of one length fire in the order they were set, so nothing is overtaken. */
  #arrive(tell: () => void): void {
    if (this.#options.outside.network === 'slow') setTimeout(tell, SLOW_MS).unref();
    else tell();
  }

  async #lookup(
    container: number,
    network: ContainerNetwork,
    id: number,
    op: Extract<SocketOp, { op: 'lookup' }>,
  ): Promise<void> {
    if (network.lookups >= MOST_LOOKUPS)
      return this.#event(container, id, ['done', id, this.#options.errno('EAI_AGAIN')]);
    network.lookups += 1;
    const answer = await network.names.lookup(op.name, op.family);
    network.lookups -= 1;
    if (!this.#containers.has(container)) return;
    if (answer.ok) this.#event(container, id, ['done', id, null, answer.addresses]);
    else {
      if (answer.refused !== null) this.#refusedName(container, op, answer.refused);
      this.#event(container, id, ['done', id, this.#options.errno(answer.code)]);
    }
  }

  async #records(
    container: number,
    network: ContainerNetwork,
    id: number,
    op: Extract<SocketOp, { op: 'dns' }>,
  ): Promise<void> {
    if (network.lookups >= MOST_LOOKUPS) return this.#event(container, id, ['done', id, 'ECANCELLED']);
    network.lookups += 1;
    const answer = await network.names.records(op.record, op.name);
    network.lookups -= 1;
    if (!this.#containers.has(container)) return;
    if (answer.ok) this.#event(container, id, ['done', id, null, answer.records]);
    else {
      if (answer.refused !== null) this.#refusedName(container, op, answer.refused);
      this.#event(container, id, ['done', id, answer.code]);
    }
  }

  /** Port 0: the script had only asked for the address. */
  #refusedName(
    container: number,
    op: { readonly name: string; readonly attempt: number; readonly line?: number | undefined },
    reason: string,
  ): void {
    this.#options.traffic(container, op.attempt)?.refuse({
      host: op.name.slice(0, 253),
      port: 0,
      reason,
      ...(op.line === undefined ? {} : { line: op.line }),
    });
  }

  #event(container: number, id: number, event: readonly unknown[]): void {
    this.#options.frames.send(FRAME.event, container, id, serialize(event));
  }

  #holdIfFull(): void {
    const { frames } = this.#options;
    if (this.#holding || frames.backlog < HOLD_BYTES) return;
    this.#holding = true;
    this.#holdAll(true);
    frames.onceDrained(() => {
      this.#holding = false;
      this.#holdAll(false);
    });
  }

  #holdAll(on: boolean): void {
    for (const { sockets } of this.#containers.values())
      for (const socket of sockets.values()) socket.hold(on);
  }
}

/** Ops without arguments make up the bulk, so they are told apart before anything is parsed. */
const PLAIN: Readonly<Record<string, SocketOp>> = {
  '{"op":"pause"}': { op: 'pause' },
  '{"op":"resume"}': { op: 'resume' },
  '{"op":"close"}': { op: 'close' },
  '{"op":"shutdown"}': { op: 'shutdown' },
};

function parseOp(payload: Buffer): SocketOp | null {
  if (payload.length < 20) {
    const plain = payload.toString('latin1');
    if (Object.hasOwn(PLAIN, plain)) return PLAIN[plain]!;
  }
  try {
    const parsed = socketOpSchema.safeParse(JSON.parse(payload.toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
