import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './sluice.ts';

const modules = ['alias', 'authz_core', 'authz_host', 'dir', 'mime', 'mpm_event', 'reqtimeout', 'setenvif'];

/** A folder as Debian lays out `/etc/apache2`, with `more` files in it; they may replace those that are there. */
export function makeApacheHouse(more: Readonly<Record<string, string>> = {}): { folder: string; remove: () => void } {
  const loads = Object.fromEntries(
    [...modules, 'ssl', 'proxy'].map((name) => [
      `mods-available/${name}.load`,
      `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
    ]),
  );
  const house = makeFolder({ ...files, ...loads, ...more });
  for (const name of modules) enable(house.folder, 'mods', `${name}.load`);
  enable(house.folder, 'mods', 'mpm_event.conf');
  enable(house.folder, 'mods', 'reqtimeout.conf');
  enable(house.folder, 'conf', 'security.conf');
  enable(house.folder, 'sites', '000-default.conf');
  return house;
}

/** What a2enmod, a2enconf and a2ensite do. */
export function enable(folder: string, kind: 'mods' | 'conf' | 'sites', name: string): void {
  symlinkSync(`../${kind}-available/${name}`, join(folder, `${kind}-enabled`, name));
}

const files = {
  'apache2.conf': `
DefaultRuntimeDir \${APACHE_RUN_DIR}
PidFile \${APACHE_PID_FILE}
Timeout 300
User \${APACHE_RUN_USER}
ErrorLog \${APACHE_LOG_DIR}/error.log
IncludeOptional mods-enabled/*.load
IncludeOptional mods-enabled/*.conf
Include ports.conf
<Directory />
  Require all denied
</Directory>
<Directory \${APACHE_SITES}>
  AllowOverride None
  Require all granted
</Directory>
<FilesMatch "^\\.ht">
  Require all denied
</FilesMatch>
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
`,
  envvars: `
if [ "\${APACHE_CONFDIR##/etc/apache2-}" != "\${APACHE_CONFDIR}" ] ; then
  SUFFIX="-\${APACHE_CONFDIR##/etc/apache2-}"
else
  SUFFIX=
fi
export APACHE_RUN_USER=www-data
export APACHE_PID_FILE=/run/apache2$SUFFIX/apache2.pid
export APACHE_RUN_DIR=/run/apache2$SUFFIX
export APACHE_LOG_DIR=logs\${SUFFIX}
export APACHE_SITES="www"   # ours
`,
  'ports.conf': `
Listen 127.0.0.1:0
<IfModule ssl_module>
  Listen 127.0.0.1:443
</IfModule>
`,
  'mods-available/mpm_event.conf': 'StartServers 2\nMaxRequestWorkers 150\n',
  'mods-available/reqtimeout.conf':
    'RequestReadTimeout header=20-40,minrate=500\nRequestReadTimeout body=10,minrate=500\n',
  'mods-enabled/.keep': '',
  'conf-available/security.conf': 'ServerTokens OS\nTraceEnable Off\n',
  'conf-enabled/.keep': '',
  'sites-available/000-default.conf': `
<VirtualHost *>
  DocumentRoot www
  ErrorLog \${APACHE_LOG_DIR}/error.log
  <IfModule mod_proxy.c>
    ProxyPass /app http://127.0.0.1:3000/
  </IfModule>
</VirtualHost>
`,
  'sites-available/secure.conf': `
<VirtualHost *:443>
  DocumentRoot www
  SSLFIPS on
</VirtualHost>
`,
  'sites-enabled/.keep': '',
  'www/index.html': '<p>It works</p>\n',
  'logs/.keep': '',
};
