import { describe, expect, it } from '@jest/globals';
import { compileErrorLogFormat, defaultErrorLogFormat } from '../../../core/log/error-log-format.ts';
import type { LogEntry, LoggedRequest } from '../../../core/log/log-entry.ts';
import { Table } from '../../../core/table.ts';

const time = new Date(2026, 10, 1, 9, 5, 7, 420).getTime();
const connection = { id: 7, clientIp: '192.0.2.9', clientPort: 5555, localIp: '::1', localPort: 80, keepalives: 2 };
const request: LoggedRequest = {
  headersIn: new Table(['Referer', 'http://a.test/"x"\xe9', 'User-Agent', 'curl']),
  env: new Table(['COLOUR', 'blue']),
  notes: new Table(['seen', 'twice\n']),
  logId: 'abc',
  hostname: 'asked.test',
  clientIp: '192.0.2.9',
  connection,
  server: { hostname: 'named.test' },
};
const bare: LogEntry = { time, level: 'error', module: 'core', message: 'it\nbroke' };
const full: LogEntry = { ...bare, request };

function line(format: string, entry: LogEntry): string {
  return compileErrorLogFormat(format)(entry);
}

describe('the default error log line', () => {
  it('has the layout of Apache, with client and referer where there are any', () => {
    const start = `[Sun Nov 01 09:05:07.420000 2026] [core:error] [pid ${process.pid}:tid ${process.pid}]`;
    expect(line(defaultErrorLogFormat, bare)).toBe(`${start} it\\nbroke`);
    expect(line(defaultErrorLogFormat, full)).toBe(
      `${start} [client 192.0.2.9:5555] it\\nbroke, referer: http://a.test/"x"\\xe9`,
    );
  });

  it('names the source at level debug and below, and a system error always', () => {
    const error = Object.assign(new Error('x'), { errno: -2 });
    const sourced = { ...bare, error, file: '/srv/site/hello.ts', line: 12 };
    expect(line(defaultErrorLogFormat, sourced)).toMatch(/\] \(2\)no such file or directory: it\\nbroke$/);
    expect(line(defaultErrorLogFormat, { ...sourced, level: 'debug' })).toMatch(
      /\] hello\.ts\(12\): \(2\)no such file or directory: it\\nbroke$/,
    );
  });
});

describe('items of ErrorLogFormat', () => {
  it.each([
    ['%%', '%'],
    ['%a', '192.0.2.9:5555'],
    ['%{c}a', '192.0.2.9:5555'],
    ['%A', '::1:80'],
    ['%{COLOUR}e', 'blue'],
    ['%{user-agent}i', 'curl'],
    ['%k', '2'],
    ['%l', 'error'],
    ['%L', 'abc'],
    ['%{c}L', '7'],
    ['%m', 'core'],
    ['%{seen}n', 'twice\\n'],
    ['%P', String(process.pid)],
    ['%t', 'Sun Nov 01 09:05:07 2026'],
    ['%{c}t', '2026-11-01 09:05:07'],
    ['%{cu}t', '2026-11-01 09:05:07.420000'],
    ['%{uc}t', '2026-11-01 09:05:07.420000'],
    ['%v', 'named.test'],
    ['%V', 'asked.test'],
  ])('%s is %s', (item, text) => {
    expect(line(`${item} %M`, full)).toBe(`${text} it\\nbroke`);
  });

  it('shows the client behind a proxy, and the proxy as %{c}a', () => {
    const proxied = { ...full, request: { ...request, clientIp: '198.51.100.1' } };
    expect(line('%a %{c}a %M', proxied)).toBe('198.51.100.1:0 192.0.2.9:5555 it\\nbroke');
  });

  it('shows %{C}L only on lines without a request', () => {
    expect(line('[%{C}L] %M', { ...bare, connection })).toBe('[7] it\\nbroke');
    expect(line('[%{C}L] %M', full)).toBe(' it\\nbroke');
  });

  it('reads variables named __proto__ as any other', () => {
    expect(line('%-{__proto__}e %M', full)).toBe('- it\\nbroke');
  });
});

describe('fields of ErrorLogFormat', () => {
  // Each of these lines was compared with the one that Apache 2.4 writes for the same format.
  it.each([
    ['x%{Nope}i y  z %M', ' y  z it\\nbroke'],
    ['[%{Nope}i\\ x]y %M% ,\\ ref\\ %{Nope}i', ' it\\nbroke'],
    ['%M% \\t\\x%{Nope}i end\\q\\\\', 'it\\nbroke endq\\'],
    ['%E[%-{x}e] %M', ' it\\nbroke'],
    ['[%-{x}e] %M', '[-] it\\nbroke'],
    ['a% b% % c %M% ', 'abc it\\nbroke'],
    ['%7F: %-7F %M', ' it\\nbroke'],
    ['%M\\', 'it\\nbroke\\'],
  ])('%j gives %j', (format, text) => {
    expect(line(format, full)).toBe(text);
  });

  it('writes the message even from a field that is left out', () => {
    expect(line('%{Nope}i-%M-x', full)).toBe('it\\nbroke');
  });
});

describe('a wrong ErrorLogFormat', () => {
  it.each([
    ['%t', /needs %M/],
    ['%Q %M', /no item %Q/],
    ['%M %', /ends in the middle of %/],
    ['%M %-', /ends in the middle of %-/],
    ['%+{Referer}i %M', /%\+i is for per-request formats/],
    ['%99F %M', /0 to 15/],
  ])('%j is refused', (format, message) => {
    expect(() => compileErrorLogFormat(format)).toThrow(message);
  });
});
