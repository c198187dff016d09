import type { ExpressionSubject } from '../../../core/expression/subject.ts';
import { Table } from '../../../core/table.ts';

/** The request that `apache-cases.json` was recorded with. */
export function subjectOf(changes: Partial<ExpressionSubject> = {}): ExpressionSubject {
  return {
    method: 'GET',
    uri: '/c1/path',
    args: 'q=1&x=y',
    filename: '/srv/htdocs/c1',
    pathInfo: '/path',
    theRequest: 'GET /c1/path?q=1&x=y HTTP/1.1',
    protocol: 'HTTP/1.1',
    status: 200,
    user: undefined,
    authType: undefined,
    contentType: 'text/html',
    handler: undefined,
    hostname: 'test.example',
    serverName: 'test.example',
    headersIn: new Table([
      ...['Host', 'test.example', 'User-Agent', 'Test/1.0 (x)', 'Accept', 'text/html'],
      ...['X-Num', '42', 'X-Empty', '', 'Cookie', 'a=b; c=d'],
    ]),
    headersOut: new Table(),
    errHeadersOut: new Table(),
    env: new Table(['FOO', 'bar']),
    notes: new Table(),
    requestTime: new Date(2026, 10, 8, 9, 5, 3).getTime(),
    mtime: new Date(2025, 0, 2, 3, 4, 5).getTime(),
    finfo: undefined,
    main: undefined,
    logId: 'request-1',
    clientIp: '127.0.0.1',
    connection: { id: 7, clientIp: '127.0.0.1', peerIp: '127.0.0.1', clientPort: 5000, localPort: 80, secure: false },
    server: { port: 0, admin: 'me@test.example' },
    documentRoot: '/srv/htdocs',
    contextPrefix: '',
    contextDocumentRoot: undefined,
    lookupUri: () => ({ status: 200 }),
    lookupFile: () => ({ status: 200, r: { filename: import.meta.filename } }),
    ...changes,
  };
}
