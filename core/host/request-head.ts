import type { RequestHead } from '../request-fields.ts';
import { parseAuthority } from '../request-url.ts';

/** What the host looks at in a request's head, gathered in one walk over the fields. */
export interface HeadSummary {
  /** The head as the engine sees it. */
  request: RequestHead;
  /** Name and port that the request is for; undefined where it names none. */
  host: string | undefined;
  /** What is wrong with the head, whatever the config says; RFC 9112 §3, §6.1. */
  fault: number | undefined;
  /** The longest field with its colon and space. */
  longestField: number;
  contentLength: number | undefined;
  hasBody: boolean;
}

/**
 * Walks over the head of a request. Node's parser has refused much already: bad characters, two lengths, a length together
 * with a coding.
 */
export function summarizeHead(request: RequestHead): HeadSummary {
  const { httpVersion, rawHeaders, url } = request;
  const head: HeadSummary = {
    request,
    host: undefined,
    fault: httpVersion === '1.1' || httpVersion === '1.0' ? undefined : 400,
    longestField: 0,
    contentLength: undefined,
    hasBody: false,
  };
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    const value = rawHeaders[at + 1]!;
    const length = name.length + value.length + 2;
    if (length > head.longestField) head.longestField = length;
    const read = readers[name.length];
    if (read !== undefined && name.toLowerCase() === read.name) read.into(head, value, httpVersion);
  }
  // RFC 9112 §3.2.3 has an empty one for targets without a host, which this server doesn't have; as in Apache.
  if (!head.host && httpVersion === '1.1') head.fault ??= 400;
  // Most targets are paths.
  if (url !== undefined && url.charCodeAt(0) !== slash) readTargetHost(head, url);
  return head;
}

const slash = 0x2f;

/** By the length of the name, so that most fields are passed over at once. */
const readers: (
  | { readonly name: string; into(head: HeadSummary, value: string, httpVersion: string): void }
  | undefined
)[] = [];
readers['host'.length] = {
  name: 'host',
  into(head, value) {
    if (head.host !== undefined || (value !== '' && parseAuthority(value) === undefined)) head.fault ??= 400;
    head.host = value;
  },
};
readers['expect'.length] = {
  name: 'expect',
  into(head, value, httpVersion) {
    if (httpVersion === '1.1' && value.toLowerCase() !== '100-continue') head.fault ??= 417;
  },
};
readers['content-length'.length] = {
  name: 'content-length',
  into(head, value) {
    head.contentLength = Number(value);
    head.hasBody ||= head.contentLength > 0;
  },
};
readers['transfer-encoding'.length] = {
  name: 'transfer-encoding',
  into(head, value, httpVersion) {
    head.hasBody = true;
    if (httpVersion === '1.0') head.fault ??= 400;
    // Node takes any list that ends in chunked.
    else if (value.toLowerCase() !== 'chunked') head.fault ??= 501;
  },
};

/** The host of an absolute target, and of CONNECT's; it takes the place of the Host header (RFC 9112 §3.2.2). */
function readTargetHost(head: HeadSummary, url: string): void {
  const authority = /^(?:https?:\/\/)?(?<authority>[^/?#]+)/i.exec(url)?.groups?.['authority'];
  if (authority === undefined || url === '*') return;
  if (parseAuthority(authority) === undefined) {
    head.fault ??= 400;
    return;
  }
  head.host = authority;
  const { method, httpVersion, rawHeaders } = head.request;
  const isHost = (at: number): boolean => rawHeaders[at - (at % 2)]!.toLowerCase() === 'host';
  const others = rawHeaders.filter((_, at) => !isHost(at));
  head.request = { method, url, httpVersion, rawHeaders: ['Host', authority, ...others] };
}
