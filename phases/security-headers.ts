import type { Config, Context, DirectiveDeclaration } from '../core/config/directive.ts';
import type { BrigadeFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import {
  type ContentSecurityPolicy,
  hasNonce,
  noPolicy,
  overlayPolicies,
  parsePolicy,
  policyText,
} from './security-headers/content-security-policy.ts';
import { cspNonce } from './security-headers/csp-nonce.ts';
import { parseTransportSecurity } from './security-headers/strict-transport-security.ts';

type PolicyLine = readonly [directive: string, ...sources: string[]];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Makes browsers come back over HTTPS only: `1 year`, `includeSubDomains`, `preload`; sent over HTTPS only. */
    strictTransportSecurity: Directive<string | readonly string[], string | undefined>;
    /** What pages may load, line by line: `['script-src', 'self', 'nonce']`; `off` takes outer lines back. */
    contentSecurityPolicy: Directive<string | PolicyLine | readonly PolicyLine[], ContentSecurityPolicy>;
    /** The same, where browsers only report what they would refuse. */
    contentSecurityPolicyReportOnly: Directive<string | PolicyLine | readonly PolicyLine[], ContentSecurityPolicy>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const place = { contexts, override: 'FileInfo' } as const;

const policy = {
  ...place,
  takes: 'any',
  usage: 'directive source … [; …] | off',
  default: noPolicy,
  defaultText: 'off',
  parse: (words) => parsePolicy(words),
  combine: overlayPolicies,
  merge: overlayPolicies,
} satisfies Partial<DirectiveDeclaration<ContentSecurityPolicy>>;

/** Headers by which browsers protect a site's users: Strict-Transport-Security and Content-Security-Policy. */
export const securityHeaders = definePlugin({
  name: 'security_headers',
  directives: {
    StrictTransportSecurity: {
      ...place,
      takes: 'some',
      usage: 'seconds|"number unit …" [includeSubDomains] [preload] | off',
      help: 'Makes browsers come back over HTTPS only; sent over HTTPS, or where the variable HTTPS is on.',
      parse: (words) => (words.length === 1 && words[0]!.toLowerCase() === 'off' ? '' : parseTransportSecurity(words)),
    },
    ContentSecurityPolicy: {
      ...policy,
      help: 'What pages may load, one directive of the policy per line or all in one; nonce stands for a new one in every request.',
    },
    ContentSecurityPolicyReportOnly: {
      ...policy,
      help: 'The same as ContentSecurityPolicy, where browsers only report what they would refuse.',
    },
  },
  outputFilters: { SECURITY_HEADERS: protectingFilter() },
  insertFilters: { when: isConfigured, insert: addFilter },
  insertErrorFilters: { when: isConfigured, insert: addFilter },
});

function isConfigured(config: Config): boolean {
  return (
    Boolean(config.strictTransportSecurity) ||
    config.contentSecurityPolicy.directives.size > 0 ||
    config.contentSecurityPolicyReportOnly.directives.size > 0
  );
}

function addFilter(r: RequestRecord): void {
  if (r.main === undefined) r.addOutputFilter('SECURITY_HEADERS');
}

/** Acts when the first bucket of the body passes, whoever made the answer; what a handler has set itself stays. */
function protectingFilter(): BrigadeFilter {
  return {
    type: 'contentSet',
    changes: 'nothing',
    brigade(brigade, f) {
      f.remove();
      protect(f.r);
      return brigade;
    },
  };
}

function protect(r: RequestRecord): void {
  const { strictTransportSecurity, contentSecurityPolicy, contentSecurityPolicyReportOnly } = r.config;
  if (strictTransportSecurity && isSecure(r)) setUnlessSet(r, 'Strict-Transport-Security', strictTransportSecurity);
  setPolicy(r, 'Content-Security-Policy', contentSecurityPolicy);
  setPolicy(r, 'Content-Security-Policy-Report-Only', contentSecurityPolicyReportOnly);
}

/** RFC 6797 §7.2: not over plain HTTP; behind a proxy, `SetEnvIf X-Forwarded-Proto ^https$ HTTPS=on` tells. */
function isSecure(r: RequestRecord): boolean {
  return r.connection.secure || (r.hasEnv && r.env.get('HTTPS')?.toLowerCase() === 'on');
}

function setPolicy(r: RequestRecord, header: string, own: ContentSecurityPolicy): void {
  if (own.directives.size === 0) return;
  // A copy that is still good goes on with the nonce that is in its text.
  if (r.status === 304 && hasNonce(own)) return;
  setUnlessSet(
    r,
    header,
    policyText(own, () => cspNonce(r)),
  );
}

function setUnlessSet(r: RequestRecord, header: string, value: string): void {
  if (!r.headersOut.has(header) && !(r.hasErrHeadersOut && r.errHeadersOut.has(header)))
    r.headersOut.set(header, value);
}
