import type { TapSink, WireTap } from './tap.ts';

const REQUEST = /^([A-Z]{3,10}) (\S{1,4000}) HTTP\/1\.[01]\r\n/;
const RESPONSE = /^HTTP\/1\.[01] (\d{3})/;
const HOST = /\r\nhost: *([^\r\n]{1,300})/i;

/** Requests of HTTP/1: method, host, path and status. Values of the query and bodies are not kept. */
export function httpTap(sink: TapSink): WireTap {
  let open: number | null = null;
  return {
    protocol: 'http',
    survivesTls: false,
    sent(data) {
      const head = data.toString('latin1', 0, Math.min(data.length, 8192));
      const request = REQUEST.exec(head);
      if (request === null) return;
      const host = HOST.exec(head)?.[1] ?? '';
      open = sink.begin(
        () => `${request[1]!} ${host}${maskedPath(request[2]!)}`,
        () => [],
      );
    },
    received(data) {
      if (open === null) return;
      const status = RESPONSE.exec(data.toString('latin1', 0, 16));
      if (status === null) return;
      const code = Number(status[1]);
      if (code >= 100 && code < 200) return;
      const statement = open;
      open = null;
      sink.end(statement, null, code >= 400 ? `HTTP ${code}` : undefined);
    },
  };
}

function maskedPath(path: string): string {
  const [before, query] = path.split('?', 2);
  if (query === undefined) return before!;
  const names = query.split('&').map((pair) => `${pair.split('=', 1)[0]!}=…`);
  return `${before!}?${names.join('&')}`;
}
