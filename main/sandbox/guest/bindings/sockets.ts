/** `tcp_wrap`, `pipe_wrap` and `cares_wrap`: sockets and names, all of them the host's. */
import { scriptLine } from '../contract/marshal-error.ts';
import { constantsOf } from '../dump.ts';
import { host } from '../host.ts';
import { later, newId, pend, runtime } from '../runtime.ts';
import { EACCES, RequestWrap, StreamHandle } from './stream-handle.ts';

export class TCP extends StreamHandle {
  /** Set by TLS that was laid over the socket before it had an id. */
  onId: ((id: number) => void) | null = null;
  #connecting: RequestWrap | null = null;
  /** Taken when the socket is made: by the time its name is looked up, the script is off the stack. */
  readonly #line = scriptLine();

  connect(request: RequestWrap, address: string, port: number): number {
    this.id = newId();
    runtime.handles.set(this.id, this);
    this.onId?.(this.id);
    this.peer = { address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' };
    const status = host('connect', this.id, address, port, this.#line);
    if (typeof status === 'number' && status < 0) return status;
    this.#connecting = request;
    return 0;
  }

  connect6(request: RequestWrap, address: string, port: number): number {
    return this.connect(request, address, port);
  }

  override deliver(kind: string, data: unknown): void {
    if (kind !== 'connect') return super.deliver(kind, data);
    const request = this.#connecting;
    this.#connecting = null;
    if (request !== null && !this.isClosed) request.oncomplete?.(data, this, request, true, true);
  }
}

class TCPConnectWrap extends RequestWrap {}
export const tcpWrapBinding = { ...constantsOf('tcp_wrap'), TCP, TCPConnectWrap };

/** Unix sockets and named pipes would reach this machine's own services; refused the way a system refuses. */
class Pipe extends StreamHandle {
  connect(request: RequestWrap): number {
    later(() => request.oncomplete?.(EACCES, this, request, true, true));
    return 0;
  }
}
class PipeConnectWrap extends RequestWrap {}
export const pipeWrapBinding = { ...constantsOf('pipe_wrap'), Pipe, PipeConnectWrap };

class GetAddrInfoReqWrap extends RequestWrap {}
class GetNameInfoReqWrap extends RequestWrap {}
class QueryReqWrap extends RequestWrap {}

const NOT_IMPLEMENTED = -4;
const QUERIES = ['A', 'Aaaa', 'Srv', 'Txt', 'Mx', 'Ns', 'Cname'] as const;

function query(kind: string, request: RequestWrap, name: string): number {
  const id = pend((error, answers) => request.oncomplete?.(error, answers));
  host('dns', id, kind, name, scriptLine());
  return 0;
}

class ChannelWrap {
  getServers(): unknown[] {
    return [];
  }
  setServers(): number {
    return 0;
  }
  setLocalAddress(): void {}
  cancel(): void {}
  queryAny(): number {
    return NOT_IMPLEMENTED;
  }
}
for (const kind of QUERIES) {
  Object.defineProperty(ChannelWrap.prototype, `query${kind}`, {
    value: (request: RequestWrap, name: string) => query(kind, request, name),
  });
}

export const caresWrapBinding = {
  ...constantsOf('cares_wrap'),
  GetAddrInfoReqWrap,
  GetNameInfoReqWrap,
  QueryReqWrap,
  ChannelWrap,
  getaddrinfo(request: RequestWrap, name: string, family: number) {
    const id = pend((error, addresses) => request.oncomplete?.(error, addresses));
    host('lookup', id, name, family, scriptLine());
    return 0;
  },
  getnameinfo: () => -1,
  canonicalizeIP: (address: string) => address,
  convertIpv6StringToBuffer: () => undefined,
  strerror: (code: number) => `DNS error ${code}`,
};
