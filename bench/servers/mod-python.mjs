import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { article, hello, inside, outside, record, text as longText } from '../content.mjs';
import { apacheConfig, apacheProgram, moduleFile } from './apache.mjs';

/** Apache with Python in it: threads of one process, which doesn't begin anew for each of them. */
export const modPython = {
  name: 'mod_python',
  /** @returns {import('../contestants.mjs').Contestant | undefined} */
  find() {
    const program = apacheProgram();
    if (program === undefined || !existsSync(moduleFile('python'))) return undefined;
    return {
      name: 'mod_python',
      version: program.version,
      // Its files are Apache's.
      takesPart: (workload) => workload !== 'W3',
      prepare(workload, port, runFolder) {
        const file = join(runFolder, `mod-python-${port}.conf`);
        // Where the user that Apache becomes may read it.
        copyFileSync(join(import.meta.dirname, 'handlers.py'), join(runFolder, 'handlers.py'));
        writeFileSync(join(runFolder, 'content.json'), JSON.stringify(content));
        const text = handlers(runFolder) + (workload === 'W4' ? accessLog : '');
        writeFileSync(file, apacheConfig(port, runFolder, { modules, text }));
        return { command: program.command, args: ['-DFOREGROUND', '-f', file] };
      },
    };
  },
};

const content = { hello, record, article: article(''), text: longText, inside, outside };
const modules = ['python', 'log_config', 'auth_basic', 'authn_core', 'authn_file', 'authz_user'];

const accessLog = 'CustomLog ${BENCH_LOG} "%h %l %u %t \\"%r\\" %>s %b"\n';

/** @param {string} folder */
function handlers(folder) {
  return `PythonPath "sys.path + ['${folder}']"
PythonOutputFilter handlers::publish PUBLISH
${handler('/hello.txt', 'hello')}
${handler('/record.json', 'record')}
${handler('/text.txt', 'text')}
${handler('/echo', 'echo')}
${handler(
  '/articles',
  'article',
  `  AuthType Basic
  AuthName Staff
  AuthUserFile ${folder}/htpasswd
  Require valid-user
  SetOutputFilter PUBLISH
`,
)}
`;
}

/**
 * @param {string} path
 * @param {string} name
 */
function handler(path, name, more = '') {
  return `<Location ${path}>\n  SetHandler mod_python\n  PythonHandler handlers::${name}\n${more}</Location>`;
}
