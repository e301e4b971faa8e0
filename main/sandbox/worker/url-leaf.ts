import { domainToASCII, domainToUnicode, format } from 'node:url';
import { LeafError, text, whole } from './leaf-arguments.ts';

const ABSENT = 0xff_ff_ff_ff;
/** Order of the actions of `internalBinding('url').update`. */
const SETTABLE = [
  'protocol',
  'host',
  'hostname',
  'port',
  'username',
  'password',
  'pathname',
  'search',
  'hash',
  'href',
] as const;
/** Scheme numbers of the URL parser inside Node; 1 is every other scheme. */
const SCHEMES = ['http:', '', 'https:', 'ws:', 'ftp:', 'wss:', 'file:'];

export interface UrlParts {
  readonly href: string;
  /** Offsets into `href` in the order of `internalBinding('url').urlComponents`. */
  readonly c: readonly number[];
}

/** The URL parser as `internalBinding('url')` offers it. */
export function urlLeaf(operation: unknown, args: readonly unknown[]): unknown {
  switch (operation) {
    case 'parse': {
      const base = args[1] === undefined ? undefined : text(args[1]);
      const url = URL.parse(text(args[0]), base);
      return url === null ? null : parts(url);
    }
    case 'update': {
      const name = SETTABLE[whole(args[1], 0, SETTABLE.length - 1)]!;
      const url = URL.parse(text(args[0]));
      if (url === null) return null;
      try {
        url[name] = text(args[2]);
      } catch {
        return null;
      }
      return parts(url);
    }
    case 'ascii':
      return domainToASCII(text(args[0]));
    case 'unicode':
      return domainToUnicode(text(args[0]));
    case 'origin':
      return new URL(text(args[0])).origin;
    case 'format':
      return format(new URL(text(args[0])), {
        fragment: args[1] === true,
        unicode: args[2] === true,
        search: args[3] === true,
        auth: args[4] === true,
      });
    default:
      throw new LeafError('unknown url operation');
  }
}

function parts(url: URL): UrlParts {
  const { href } = url;
  const protocolEnd = url.protocol.length;
  let usernameEnd = protocolEnd;
  let hostStart = protocolEnd;
  let hostEnd = protocolEnd;
  let pathStart = protocolEnd;
  let port = ABSENT;
  if (href.startsWith('//', protocolEnd)) {
    const hasUser = url.username !== '' || url.password !== '';
    usernameEnd = protocolEnd + 2 + url.username.length;
    hostStart = hasUser ? usernameEnd + (url.password === '' ? 0 : 1 + url.password.length) : usernameEnd;
    hostEnd = hostStart + (hasUser ? 1 : 0) + url.hostname.length;
    pathStart = hostEnd + (url.port === '' ? 0 : 1 + url.port.length);
    if (url.port !== '') port = Number(url.port);
  } else if (url.pathname.startsWith('//') && href.startsWith('/.', protocolEnd)) {
    pathStart = protocolEnd + 2;
  }
  const query = href.indexOf('?', pathStart);
  const hash = href.indexOf('#');
  const scheme = SCHEMES.indexOf(url.protocol);
  return {
    href,
    c: [
      protocolEnd,
      usernameEnd,
      hostStart,
      hostEnd,
      port,
      pathStart,
      query >= 0 && (hash < 0 || query < hash) ? query : ABSENT,
      hash >= 0 ? hash : ABSENT,
      scheme < 0 ? 1 : scheme,
    ],
  };
}
