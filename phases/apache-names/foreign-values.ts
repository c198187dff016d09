import type { ForeignLine } from '../../core/config/foreign-names.ts';

const statusPage: ForeignLine = {
  when: /^(?:server-status|server-info|ldap-status|balancer-manager)$/i,
  reason: 'there is no such page; its URL answers 404',
  harmless: true,
};

const otherPrograms: ForeignLine = {
  when: /^(?:cgi-script|fcgid-script|isapi-handler|lua-script|perl-script|python-program|mod_python|wsgi-script|proxy:\S+|application\/x-httpd-(?!imap\b)\S+|php\S*)(?:$|\s)/i,
  reason: 'there is no such handler, so that its files would go out as text; a ContentHandler does what it does',
};

/** Directives that mean something here, but not with these arguments; and those that are harmless with some only. */
export const foreignValues: Readonly<Record<string, readonly ForeignLine[]>> = {
  AddHandler: [otherPrograms],
  AddType: [{ ...otherPrograms, when: /^application\/x-httpd-(?!imap\b)/i }],
  ContentDigest: [
    { when: /^off$/i, reason: 'no Content-MD5 is sent', harmless: true },
    { reason: 'Content-MD5 is gone from HTTP (RFC 7231); leave it out' },
  ],
  ProxyRequests: [
    { when: /^off$/i, reason: 'nobody is a proxy here', harmless: true },
    { reason: 'requests are not passed on to other servers' },
  ],
  SetHandler: [statusPage, otherPrograms],
  StrictHostCheck: [
    { when: /^off$/i, reason: 'a host that nobody has is answered by the first one', harmless: true },
    {
      reason:
        'a host that nobody has is answered by the first one; a first VirtualHost with Require all denied refuses it',
    },
  ],
  UseCanonicalPhysicalPort: [
    { when: /^off$/i, reason: 'the port of the Host header counts', harmless: true },
    { reason: 'the port of the Host header counts; give ServerName the port, with UseCanonicalName On' },
  ],
};
