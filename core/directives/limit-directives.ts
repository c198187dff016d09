import type { Context, DirectiveDeclaration, DirectiveDeclarations, DirectiveSite } from '../config/directive.ts';
import { parseNumber } from './server-directives.ts';

/** How slowly a part of a request may come in. */
export interface ReadTimeout {
  /** Seconds until the first byte or the deadline; 0 is no limit. */
  readonly initial: number;
  /** Bytes that earn one second more; 0 never extends. */
  readonly minRate: number;
}

export interface RequestReadTimeout {
  /** Everything before HTTP: the PROXY protocol's header and the TLS handshake. */
  readonly handshake: ReadTimeout;
  readonly header: ReadTimeout;
  readonly body: ReadTimeout;
}

declare module '../config/directive.ts' {
  interface Directives {
    /** Seconds without progress after which a stalled write is cut. */
    timeout: Directive<number>;
    /** Whether connections are kept for further requests. */
    keepAlive: Directive<boolean>;
    /** Seconds that a kept connection may be idle. */
    keepAliveTimeout: Directive<number>;
    /** Requests per connection; 0 is no limit. */
    maxKeepAliveRequests: Directive<number>;
    /** `handshake=5 header=20 body=20,MinRate=500`: 408 for slower clients. */
    requestReadTimeout: Directive<string, RequestReadTimeout>;
    /** Seconds that a handler may take without moving a byte before the request is answered with 503; 0 is no limit. */
    handlerTimeout: Directive<number>;
    /** Longest request line in bytes; longer ones are answered with 414. */
    limitRequestLine: Directive<number>;
    /** Longest header field in bytes; longer ones are answered with 400. */
    limitRequestFieldSize: Directive<number>;
    /** Most header fields; more are answered with 400. */
    limitRequestFields: Directive<number>;
    /** Largest request body in bytes; larger ones are answered with 413, 0 is no limit. */
    limitRequestBody: Directive<number>;
    /** Most fields of a form; more are answered with 413. */
    limitFormFields: Directive<number>;
    /** Bytes of an uploaded file that are kept in memory before it goes to a temporary file. */
    formMemoryLimit: Directive<number>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];
const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

const readTimeouts: RequestReadTimeout = {
  handshake: { initial: 0, minRate: 0 },
  header: { initial: 20, minRate: 0 },
  body: { initial: 20, minRate: 500 },
};

export const limitDirectives: DirectiveDeclarations = {
  Timeout: number('seconds', 60, ['server config'], 'How long a write may stall before the connection is cut.'),
  KeepAlive: {
    takes: 'flag',
    usage: 'On | Off',
    help: 'Whether connections are kept for further requests.',
    contexts: ['server config'],
    default: true,
  },
  KeepAliveTimeout: number('seconds', 5, ['server config'], 'How long a kept connection may be idle.'),
  MaxKeepAliveRequests: number('count', 0, ['server config'], 'Requests per connection; 0 is no limit.'),
  RequestReadTimeout: {
    takes: 'some',
    usage: '[handshake=seconds[-seconds]] [header=seconds[-seconds]] [body=seconds[,MinRate=bytes]]',
    help: 'How slowly head and body of a request may come in before it is answered with 408, 0 is no limit; and how long a TLS handshake may take, 0 is as long as Timeout.',
    contexts: ['server config', 'virtual host'],
    default: readTimeouts,
    defaultText: 'handshake=0 header=20 body=20,MinRate=500',
    parse: parseReadTimeout,
    combine: bothReadTimeouts,
    merge: bothReadTimeouts,
  },
  HandlerTimeout: number(
    'seconds',
    60,
    everywhere,
    'How long a handler may take without moving a byte before the request is answered with 503; 0 is no limit.',
  ),
  LimitRequestLine: number('bytes', 8_190, servers, 'Longest request line; longer ones are answered with 414.'),
  LimitRequestFieldSize: number('bytes', 8_190, servers, 'Longest header field; longer ones are answered with 400.'),
  LimitRequestFields: number('count', 100, servers, 'Most header fields; more are answered with 400, 0 is no limit.'),
  LimitRequestBody: number(
    'bytes',
    1_073_741_824,
    everywhere,
    'Largest request body; larger ones are answered with 413, 0 is no limit.',
  ),
  LimitFormFields: number('count', 1_000, everywhere, 'Most fields and files of a form; more are answered with 413.'),
  FormMemoryLimit: number(
    'bytes',
    65_536,
    everywhere,
    'How much of an uploaded file is kept in memory before it goes to a temporary file.',
  ),
};

function number(
  usage: string,
  value: number,
  contexts: readonly Context[],
  help: string,
): DirectiveDeclaration<number> {
  return {
    takes: 'one',
    usage,
    help,
    contexts,
    ...(contexts.includes('.htaccess') ? { override: 'Options' } : {}),
    default: value,
    parse: ([text = ''], site) => parseNumber(text, site),
  };
}

function parseReadTimeout(args: readonly string[], site: DirectiveSite): RequestReadTimeout {
  const timeouts: { -readonly [Part in keyof RequestReadTimeout]: ReadTimeout } = { ...readTimeouts };
  for (const word of args) {
    const parts = /^(?<part>handshake|header|body)=(?<initial>\d+)(?:-(?<most>\d+))?(?:,MinRate=(?<rate>\d+))?$/i.exec(
      word,
    )?.groups;
    if (parts === undefined) {
      return site.fail(
        `RequestReadTimeout takes handshake=seconds, header=seconds, header=seconds-seconds,MinRate=bytes and body=seconds,MinRate=bytes, not "${word}"`,
      );
    }
    const { most, rate } = parts;
    const part = parts['part']!.toLowerCase() as keyof RequestReadTimeout;
    if (part !== 'body' && rate !== undefined && most === undefined) {
      return site.fail(
        `RequestReadTimeout: a ${part} with a MinRate needs a limit too, as in ${part}=20-40,MinRate=500`,
      );
    }
    if (part === 'body' && most !== undefined) {
      return site.fail('RequestReadTimeout: the body has no second limit; MinRate alone says how long it may take');
    }
    // Of the others only the end is watched, so the longest time counts.
    timeouts[part] = { initial: Number(most ?? parts['initial']), minRate: part === 'body' ? Number(rate ?? 0) : 0 };
  }
  return timeouts;
}

/** What the later one doesn't mention stays as it was. */
function bothReadTimeouts(earlier: RequestReadTimeout, later: RequestReadTimeout): RequestReadTimeout {
  return {
    handshake: later.handshake === readTimeouts.handshake ? earlier.handshake : later.handshake,
    header: later.header === readTimeouts.header ? earlier.header : later.header,
    body: later.body === readTimeouts.body ? earlier.body : later.body,
  };
}
