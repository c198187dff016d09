import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, servesFiles } from './program.mjs';

export const nginx = {
  name: 'nginx',
  /** @returns {import('../contestants.mjs').Contestant | undefined} */
  find() {
    const program = findProgram(['nginx']);
    if (program === undefined) return undefined;
    return {
      name: 'nginx',
      version: program.version,
      takesPart: servesFiles,
      prepare(_workload, port, folder) {
        const file = join(folder, `nginx-${port}.conf`);
        writeFileSync(file, config(port, folder));
        return { command: program.command, args: ['-p', folder, '-e', join(folder, 'nginx.log'), '-c', file] };
      },
    };
  },
};

/**
 * @param {number} port
 * @param {string} folder
 */
function config(port, folder) {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx-${port}.pid;
error_log ${folder}/nginx.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  types { text/plain txt; application/json json; }
  charset utf-8;
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  keepalive_requests 100000000;
  gzip on;
  gzip_comp_level 6;
  gzip_vary on;
  gzip_types text/plain;
  client_body_temp_path ${folder}/nginx-body;
  proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi;
  uwsgi_temp_path ${folder}/nginx-uwsgi;
  scgi_temp_path ${folder}/nginx-scgi;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/htdocs;
    location = /hello.txt { add_header Cache-Control no-cache; }
  }
}
`;
}
