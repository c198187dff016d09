import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, servesFiles } from './program.mjs';

/** Where the systems keep Apache's modules. */
const moduleFolders = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/usr/lib/httpd/modules'];
const moduleFolder = moduleFolders.find((candidate) => existsSync(candidate));
const usualModules = ['mpm_event', 'unixd', 'authz_core', 'mime', 'filter', 'deflate', 'headers'];

export const apache = {
  name: 'apache',
  /** @returns {import('../contestants.mjs').Contestant | undefined} */
  find() {
    const program = apacheProgram();
    if (program === undefined) return undefined;
    return {
      name: 'apache',
      version: program.version,
      takesPart: servesFiles,
      prepare(_workload, port, runFolder) {
        const file = join(runFolder, `apache-${port}.conf`);
        writeFileSync(file, apacheConfig(port, runFolder));
        return { command: program.command, args: ['-DFOREGROUND', '-f', file] };
      },
    };
  },
};

/** Where Apache is; undefined where it isn't installed. */
export function apacheProgram() {
  return moduleFolder === undefined ? undefined : findProgram(['apache2', 'httpd']);
}

/** @param {string} name */
export function moduleFile(name) {
  return join(moduleFolder ?? '', `mod_${name}.so`);
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {{ modules?: readonly string[], text?: string }} further Modules beyond the usual ones, and lines at the end.
 */
export function apacheConfig(port, folder, { modules = [], text = '' } = {}) {
  const loaded = [...usualModules, ...modules]
    // Some systems have them built in.
    .filter((name) => existsSync(moduleFile(name)))
    .map((name) => `LoadModule ${name}_module ${moduleFile(name)}`);
  return `${loaded.join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache-${port}.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/apache-${port}.log
${process.getuid?.() === 0 ? 'User #65534\nGroup #65534' : ''}
MaxKeepAliveRequests 0
StartServers 1
ServerLimit 1
ThreadLimit 128
ThreadsPerChild 128
MaxRequestWorkers 128
MaxSpareThreads 128
DocumentRoot ${folder}/htdocs
<Directory ${folder}/htdocs>
  Require all granted
</Directory>
TypesConfig /dev/null
AddType text/plain .txt
AddType application/json .json
AddDefaultCharset utf-8
DeflateCompressionLevel 6
AddOutputFilterByType DEFLATE text/plain
<Files hello.txt>
  Header set Cache-Control no-cache
</Files>
${text}
`;
}
