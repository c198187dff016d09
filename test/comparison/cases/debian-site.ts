import type { ComparisonCase } from '../comparison-case.ts';

/** What Debian's apache2.conf, its enabled modules and its first site say, but for the paths. */
const debian = `
DefaultRuntimeDir @ROOT@/run
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
HostnameLookups Off
LogLevel warn
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
<Directory @ROOT@/share>
  AllowOverride None
  Require all granted
</Directory>
<Directory @ROOT@/htdocs/>
  Options Indexes FollowSymLinks
  AllowOverride None
  Require all granted
</Directory>
AccessFileName .htaccess
<FilesMatch "^\\.ht">
  Require all denied
</FilesMatch>
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
Alias /icons/ "@ROOT@/share/icons/"
<Directory "@ROOT@/share/icons">
  Options FollowSymlinks
  AllowOverride None
  Require all granted
</Directory>
<IfModule mod_autoindex.c>
  IndexOptions FancyIndexing VersionSort HTMLTable NameWidth=* DescriptionWidth=* Charset=UTF-8
  AddIconByEncoding (CMP,/icons/compressed.gif) x-compress x-gzip x-bzip2
  AddIconByType (TXT,/icons/text.gif) text/*
  AddIcon /icons/binary.gif .bin .exe
  AddIcon /icons/folder.gif ^^DIRECTORY^^
  AddIcon /icons/back.gif ..
  DefaultIcon /icons/unknown.gif
  ReadmeName README.html
  HeaderName HEADER.html
  IndexIgnore .??* *~ *# RCS CVS *,v *,t
</IfModule>
<IfModule mod_filter.c>
  AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css text/javascript
  AddOutputFilterByType DEFLATE application/rss+xml
</IfModule>
DirectoryIndex index.html index.cgi index.pl index.php index.xhtml index.htm
AddType application/x-compress .Z
AddType application/x-gzip .gz .tgz
AddLanguage de .de
AddLanguage en .en
AddLanguage pt-BR .pt-br
AddCharset us-ascii .ascii .us-ascii
AddCharset ISO-8859-1 .iso8859-1 .latin1
AddCharset UTF-8 .utf8
RequestReadTimeout header=20-40,minrate=500
RequestReadTimeout body=10,minrate=500
BrowserMatch "Mozilla/2" nokeepalive
BrowserMatch "MSIE 4\\.0b2;" nokeepalive downgrade-1.0 force-response-1.0
BrowserMatch "Java/1\\.0" force-response-1.0
BrowserMatch "^WebDrive" redirect-carefully
BrowserMatch "^gnome-vfs/1\\.0" redirect-carefully
<Location /server-status>
  SetHandler server-status
  Require all denied
</Location>
ExtendedStatus On
<IfModule mod_proxy.c>
  ProxyStatus On
</IfModule>
ServerTokens OS
ServerSignature On
TraceEnable Off
<IfModule mod_gnutls.c>
  Listen 443
</IfModule>
<VirtualHost *:@PORT@>
  ServerAdmin webmaster@localhost
  DocumentRoot @ROOT@/htdocs
  ErrorLog @ROOT@/logs/error.log
  CustomLog @ROOT@/logs/access.log combined
</VirtualHost>
CustomLog @ROOT@/logs/other.log vhost_combined
`;

const modules = ['deflate', 'reqtimeout', 'status'];
const files = {
  'htdocs/index.html': '<p>It works</p>\n',
  'htdocs/a.txt': 'text\n',
  'htdocs/page.html.de': '<p>deutsch</p>\n',
  'htdocs/page.pt-br.html': '<p>brasileiro</p>\n',
  'htdocs/latin.latin1.txt': 'latin\n',
  'htdocs/two.txt.utf8.en': 'english\n',
  'htdocs/pack.tgz': 'packed',
  'htdocs/old.Z': 'packed',
  'htdocs/plain/index.htm': '<p>htm</p>\n',
  'htdocs/plain/.htaccess': 'Header set X-Htaccess yes\n',
  'htdocs/.htpasswd': 'ann:x\n',
  'htdocs/.htaccess.old': 'x\n',
  'share/icons/text.gif': 'GIF89a',
  'share/other/x.txt': 'x',
  'secret/s.txt': 's',
};

export const cases: readonly ComparisonCase[] = [
  {
    name: 'The first site of a Debian',
    plugin: 'apache_names',
    modules,
    config: debian,
    files,
    requests: [
      'GET /',
      'HEAD /',
      'GET /index.html',
      'GET /a.txt',
      'GET /missing',
      'GET /page.html.de',
      'GET /page.pt-br.html',
      'GET /latin.latin1.txt',
      'GET /two.txt.utf8.en',
      'GET /pack.tgz',
      'GET /old.Z',
      { request: 'GET /plain', headers: { Host: 'localhost:@PORT@' } },
      'GET /plain/',
      'GET /plain/index.htm',
      'GET /.htpasswd',
      'GET /.htaccess.old',
      'GET /plain/.htaccess',
      'GET /icons/text.gif',
      'GET /icons/',
      'GET /icons',
      'GET /server-status',
      'GET /index.html/behind',
      'GET /../secret/s.txt',
      'GET /%2e%2e/secret/s.txt',
      'GET /icons/../../secret/s.txt',
      'GET /icons/..%2f..%2fsecret/s.txt',
      'GET /icons/%2e%2e/other/x.txt',
      { request: 'GET /a.txt', headers: { 'User-Agent': 'Java/1.0' } },
      { request: 'GET /plain', headers: { Host: 'localhost:@PORT@', 'User-Agent': 'gnome-vfs/1.0' } },
      { request: 'GET /', headers: { Host: 'anything.test' } },
      { request: 'GET /a.txt', headers: { Range: 'bytes=0-1' } },
      { request: 'GET /', headers: { 'Accept-Encoding': 'gzip, br' } },
      { request: 'HEAD /', headers: { 'Accept-Encoding': 'gzip' } },
      { request: 'GET /pack.tgz', headers: { 'Accept-Encoding': 'gzip' } },
      { request: 'GET /missing', headers: { 'Accept-Encoding': 'gzip' } },
      { request: 'GET /page.html.de', headers: { 'Accept-Encoding': 'identity' } },
    ],
  },
  {
    name: 'With rewriting and headers enabled, as an application asks for it',
    plugin: 'apache_names',
    modules: [...modules, 'rewrite', 'expires'],
    config: `${debian}
<Directory @ROOT@/htdocs/app>
  AllowOverride All
</Directory>`,
    files: {
      ...files,
      'htdocs/app/index.html': '<p>front</p>\n',
      'htdocs/app/real.css': 'p {}\n',
      'htdocs/app/.htaccess': `
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteBase /app/
  RewriteRule ^index\\.html$ - [L]
  RewriteCond %{REQUEST_FILENAME} !-f
  RewriteCond %{REQUEST_FILENAME} !-d
  RewriteRule . /app/index.html [L]
</IfModule>
<IfModule mod_expires.c>
  ExpiresActive On
  ExpiresByType text/css "access plus 1 month"
</IfModule>
<IfModule mod_headers.c>
  Header set X-Frame-Options SAMEORIGIN
</IfModule>
<IfModule mod_security2.c>
  SecRuleEngine Off
</IfModule>
ServerSignature Off
<Files "secret.ini">
  Require all denied
</Files>
ErrorDocument 403 /index.html
`,
      'htdocs/app/secret.ini': 'key',
      'htdocs/app/folder/a.txt': 'a',
    },
    random: [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/],
    requests: [
      'GET /app/',
      { request: 'GET /app', headers: { Host: 'localhost:@PORT@' } },
      'GET /app/some/route',
      'GET /app/some/route?id=1',
      'GET /app/real.css',
      'GET /app/secret.ini',
      'GET /app/folder/a.txt',
      'GET /app/folder/none',
      { request: 'POST /app/some/route', differs: 'POST to a file' },
      'GET /app/.htaccess',
    ],
  },
];
