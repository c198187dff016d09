import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

function allowing(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return {
    name,
    plugin: 'allowmethods',
    modules: ['allowmethods'],
    files: { 'htdocs/a.txt': 'a', 'htdocs/in/b.txt': 'b' },
    config,
    requests,
  };
}

function refused(line: string): ComparisonCase {
  return { ...allowing(`Refused at start: ${line}`, `<Location />\n${line}\n</Location>`, []), refused: true };
}

/** A request that is refused. */
function refusing(request: string): ComparisonRequest {
  return { request, differs: 'Allow under AllowMethods, and of form-login-handler' };
}

export const cases: readonly ComparisonCase[] = [
  allowing('Only GET and HEAD', '<Location />\nAllowMethods GET\n</Location>', [
    'GET /a.txt',
    'HEAD /a.txt',
    refusing('POST /a.txt'),
    refusing('OPTIONS /a.txt'),
    refusing('DELETE /missing'),
    refusing('PROPFIND /a.txt'),
  ]),
  allowing('HEAD stands for GET', '<Location />\nAllowMethods HEAD\n</Location>', [
    'GET /a.txt',
    refusing('POST /a.txt'),
  ]),
  allowing('Several lines', '<Location />\nAllowMethods GET\nAllowMethods OPTIONS\n</Location>', [
    'GET /a.txt',
    refusing('PUT /a.txt'),
  ]),
  allowing(
    'An inner section replaces the list, reset takes it back',
    '<Location />\nAllowMethods POST\n</Location>\n<Location /in>\nAllowMethods reset\n</Location>\n<Location /a.txt>\nAllowMethods GET OPTIONS\n</Location>',
    [refusing('GET /'), 'GET /in/b.txt', 'GET /a.txt', refusing('DELETE /a.txt')],
  ),
  refused('AllowMethods'),
  refused('AllowMethods BREW'),
  refused('AllowMethods get'),
  refused('AllowMethods GET reset'),
];
