import { statSync } from 'node:fs';
import { hostname as machineName } from 'node:os';
import type { DirectiveDeclarations, DirectiveSite } from '../config/directive.ts';
import type { Position } from '../config/tree.ts';
import { splitWords } from '../config/words.ts';
import { codeOf } from '../thrown.ts';
import { parseAuthority } from '../request-url.ts';

/** An address that Listen asks for; no host means every address of the machine. */
export interface ListenAddress {
  readonly host: string | undefined;
  readonly port: number;
  /** Said by the line, or by port 443, which is for nothing else. */
  readonly protocol: 'http' | 'https';
  /** The line that asks for it. */
  readonly at?: Position;
}

/** ServerName taken apart; port 0 where it names none. */
export interface ServerName {
  readonly hostname: string;
  readonly port: number;
}

declare module '../config/directive.ts' {
  interface Directives {
    /** `port`, `address:port` or either with `https` behind it; several lines listen on several. */
    listen: Directive<number | string | readonly (number | string)[], readonly ListenAddress[]>;
    /** The name, and port, by which this server calls itself. */
    serverName: Directive<string, ServerName>;
    /** Further names of a virtual host; wildcards are allowed. */
    serverAlias: Directive<string | readonly string[], readonly string[]>;
    /** Whether the server calls itself by its ServerName, or by the name that the client used. */
    useCanonicalName: Directive<boolean>;
    /** An address for people, shown in error pages by applications that want to. */
    serverAdmin: Directive<string, string | undefined>;
    /** The folder that URLs map into. */
    documentRoot: Directive<string, string | undefined>;
    /** Show errors in the browser: stack, request, config and the phases walked. Never in production. */
    debug: Directive<boolean>;
    /** How long a stopping server waits for running requests, in seconds. */
    gracefulShutdownTimeout: Directive<number>;
  }
}

export const serverDirectives: DirectiveDeclarations = {
  Listen: {
    takes: 'raw',
    usage: '[address:]port [http|https]',
    help: 'An address and port to listen on; several lines listen on several. Port 0 takes any free one.',
    contexts: ['server config'],
    default: [],
    parse: ([text = ''], site) => [parseListen(splitWords(text), site)],
    combine: (earlier, later) => [...earlier, ...later],
  },
  ServerName: {
    takes: 'one',
    usage: 'name[:port]',
    help: 'The name by which this server calls itself, and by which a virtual host is chosen.',
    contexts: ['server config', 'virtual host'],
    default: { hostname: machineName().toLowerCase(), port: 0 },
    defaultText: "the machine's name",
    parse([name = ''], site) {
      const authority = parseAuthority(name.replace(/^https?:\/\//i, ''));
      if (authority === undefined)
        return site.fail(`ServerName takes a host name with or without a port, not "${name}"`);
      return { hostname: authority.hostname, port: authority.port ?? 0 };
    },
  },
  ServerAlias: {
    takes: 'iterate',
    usage: 'name …',
    help: 'Further names of a virtual host; `*` and `?` are wildcards.',
    contexts: ['virtual host'],
    default: [],
    parse: ([name = ''], site) =>
      /^[\w.*?[\]:-]+$/.test(name)
        ? [name.toLowerCase()]
        : site.fail(`ServerAlias takes host names, in which * and ? are wildcards, not "${name}"`),
    combine: (earlier, later) => [...earlier, ...later],
  },
  UseCanonicalName: {
    takes: 'one',
    usage: 'On | Off',
    help: 'Whether the server calls itself by its ServerName, in redirects too, or by the name that the client used.',
    contexts: ['server config', 'virtual host', 'directory'],
    default: false,
    defaultText: 'Off',
    parse([answer = ''], site) {
      if (/^(?:on|off)$/i.test(answer)) return answer.toLowerCase() === 'on';
      return site.fail(
        answer.toLowerCase() === 'dns'
          ? 'UseCanonicalName DNS is not supported, for no request waits for a name server; write On and a ServerName'
          : `UseCanonicalName is On or Off, not "${answer}"`,
      );
    },
  },
  ServerAdmin: {
    takes: 'one',
    usage: 'address',
    help: 'An address for people who have trouble with the server.',
    contexts: ['server config', 'virtual host'],
  },
  DocumentRoot: {
    takes: 'one',
    usage: 'folder',
    help: 'The folder that URLs map into; relative to the file that says it.',
    contexts: ['server config', 'virtual host'],
    parse([folder = ''], site) {
      const path = site.resolve(folder);
      const fault = folderFault(path);
      return fault === undefined ? path : site.fail(`DocumentRoot must be a folder, but ${path} ${fault}`);
    },
  },
  Debug: {
    takes: 'flag',
    usage: 'On | Off',
    help: 'Answers errors with a page that shows stack, request, config and the phases walked. Never in production.',
    contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
    override: 'Options',
    default: false,
  },
  GracefulShutdownTimeout: {
    takes: 'one',
    usage: 'seconds',
    help: 'How long a stopping server waits for running requests before it cuts them.',
    contexts: ['server config'],
    default: 10,
    parse: ([seconds = ''], site) => parseNumber(seconds, site),
  },
};

/** A whole number of at least 0. */
export function parseNumber(text: string, site: DirectiveSite): number {
  if (!/^\d{1,15}$/.test(text)) return site.fail(`${site.name} takes a whole number, not "${text}"`);
  return Number(text);
}

/** What keeps a path from being a folder to serve from; the dot at its end asks for the right to enter it. */
function folderFault(path: string): string | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return 'is none; create it or name another';
    statSync(`${path}/.`);
    return undefined;
  } catch (error) {
    return `can't be entered (${String(codeOf(error))}); let the user that runs the server in, or name another`;
  }
}

function parseListen([address = '', protocol, ...more]: readonly string[], site: DirectiveSite): ListenAddress {
  const parts = /^(?:(?<host>\[[0-9a-f:.]+\]|[^:\s]+):)?(?<port>\d{1,5})$/i.exec(address)?.groups;
  if (parts === undefined || Number(parts['port']) > 65_535) {
    return site.fail(`Listen takes a port, address:port or [IPv6 address]:port, not "${address}"`);
  }
  if (more.length > 0 || !/^https?$/i.test(protocol ?? 'http')) {
    return site.fail(`Listen takes http or https behind the port, not "${[protocol, ...more].join(' ')}"`);
  }
  const host = parts['host']?.replace(/^\[|\]$/g, '');
  const port = Number(parts['port']);
  return {
    host: host === '*' ? undefined : host,
    port,
    protocol: (protocol?.toLowerCase() ?? (port === 443 ? 'https' : 'http')) as ListenAddress['protocol'],
    at: { file: site.file, line: site.line },
  };
}
