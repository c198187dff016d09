import type { ComparisonCase } from '../comparison-case.ts';

/** Lines that no server may start with, one case for each. */
interface BadLines {
  readonly plugin: string;
  readonly modules?: readonly string[];
  readonly server?: string;
  readonly directory?: string;
}

const bad: readonly BadLines[] = [
  {
    plugin: 'core',
    modules: ['reqtimeout'],
    server: `
Listen 65536
Listen host:
Listen 1.2.3.4
Listen [::1
ServerName a b
ServerName host:many
UseCanonicalName Maybe
KeepAlive Maybe
KeepAliveTimeout -1
KeepAliveTimeout long
RequestReadTimeout header=soon
RequestReadTimeout foot=20
RequestReadTimeout body=10-20
LimitRequestLine -1
LimitRequestFieldSize -1
LimitRequestFields -1
LimitRequestBody -1
LimitRequestBody large
ErrorDocument 404
ErrorDocument 999 /a
ErrorDocument many /a
ErrorLogFormat %Q
LogLevel loud
LogLevel core:loud
AllowEncodedSlashes Maybe
MergeSlashes Maybe`,
    directory: `
AllowOverride Everything`,
  },
  {
    plugin: 'remoteip',
    modules: ['remoteip'],
    server: `
RemoteIPTrustedProxy 10.0.0.0/33
RemoteIPInternalProxy 10.0.0.0/33`,
  },
  {
    plugin: 'rewrite',
    modules: ['rewrite'],
    server: `
RewriteEngine Maybe
RewriteOptions Everything
RewriteMap name
RewriteMap name nonsense:x
RewriteMap name int:shout
RewriteCond a
RewriteCond a "("
RewriteCond a b [XX]
RewriteCond a b c
RewriteRule a
RewriteRule "(" b
RewriteRule a b [XX]
RewriteRule a b c`,
    directory: `
RewriteBase relative`,
  },
  {
    plugin: 'alias',
    server: `
Alias /a
Alias /a /b /c
AliasMatch ^/a
AliasMatch "(" /b
AliasMatch ^/a /b /c
ScriptAlias /a /b /c
ScriptAliasMatch ^/a
ScriptAliasMatch "(" /b
AliasPreservePath Maybe
Redirect /a
Redirect many /a /b
Redirect 200 /a /b
Redirect /a /b /c /d
Redirect gone /a /b
RedirectMatch ^/a
RedirectMatch "(" /b
RedirectMatch 299 ^/a /b
RedirectTemp /a
RedirectPermanent /a
RedirectRelative Maybe`,
  },
  {
    plugin: 'vhost_alias',
    modules: ['vhost_alias'],
    server: `
VirtualDocumentRoot /a/%x
VirtualDocumentRootIP /a/%x
VirtualScriptAlias /a/%x
VirtualScriptAliasIP /a/%x`,
  },
  {
    plugin: 'options',
    server: `
Options Everything
Options Indexes +FollowSymLinks
Options +`,
  },
  {
    plugin: 'dir',
    server: `
DirectorySlash Maybe
DirectoryIndexRedirect 200
DirectoryIndexRedirect Maybe
DirectoryCheckHandler Maybe`,
  },
  {
    plugin: 'speling',
    modules: ['speling'],
    server: `
CheckSpelling Maybe
CheckCaseOnly Maybe
CheckBasenameMatch Maybe`,
  },
  {
    plugin: 'mime',
    server: `
AddType text/html
AddEncoding gzip
AddLanguage en
AddCharset utf-8
AddHandler name
AddOutputFilter A
AddInputFilter A
MultiviewsMatch Sometimes`,
    directory: `
ModMimeUsePathInfo Maybe`,
  },
  {
    plugin: 'setenvif',
    server: `
SetEnvIf Attribute
SetEnvIf Attribute pattern
SetEnvIf Attribute "(" name
SetEnvIfNoCase Attribute
SetEnvIfNoCase Attribute pattern
SetEnvIfNoCase Attribute "(" name
SetEnvIfExpr true
SetEnvIfExpr "%{" name
BrowserMatch pattern
BrowserMatch "(" name
BrowserMatchNoCase pattern
BrowserMatchNoCase "(" name`,
  },
  {
    plugin: 'env',
    server: `
SetEnv a b c`,
  },
  {
    plugin: 'usertrack',
    modules: ['usertrack'],
    server: `
CookieTracking Maybe
CookieDomain nodot
CookieExpires tomorrow
CookieExpires "1 fortnight"
CookieStyle Round
CookieSameSite Sometimes
CookieHTTPOnly Maybe
CookieSecure Maybe`,
  },
  {
    plugin: 'expires',
    modules: ['expires'],
    server: `
ExpiresActive Maybe
ExpiresDefault soon
ExpiresByType text/html
ExpiresByType text/html soon
ExpiresByType text/html "access plus 1 fortnight"`,
  },
  {
    plugin: 'headers',
    server: `
Header set
Header set X
Header paint X y
Header edit X "(" y
Header set X y when=z
Header set X %{
RequestHeader set
RequestHeader set X
RequestHeader paint X y
RequestHeader edit X "(" y
RequestHeader echo X`,
  },
  {
    plugin: 'access_compat',
    directory: `
Order allow
Order allow,allow
Order allow deny
Allow from
Allow all
Allow from nonsense/33
Deny from
Deny all
Deny from 1.2.3.4/33
Satisfy Some`,
  },
  {
    plugin: 'authn_core',
    directory: `
AuthName a b`,
  },
  {
    plugin: 'authn_anon',
    modules: ['authn_anon'],
    directory: `
Anonymous_MustGiveEmail Maybe
Anonymous_VerifyEmail Maybe
Anonymous_NoUserID Maybe
Anonymous_LogEmail Maybe`,
  },
  {
    plugin: 'auth_basic',
    directory: `
AuthBasicProvider nobody
AuthBasicAuthoritative Maybe
AuthBasicFake a b c
AuthBasicUseDigestAlgorithm SHA1`,
  },
  {
    plugin: 'auth_digest',
    modules: ['auth_digest'],
    directory: `
AuthDigestProvider nobody
AuthDigestAlgorithm MD4
AuthDigestNonceLifetime long
AuthDigestNcCheck Maybe
AuthDigestQop auth-int
AuthDigestQop none`,
  },
  {
    plugin: 'session',
    modules: ['session', 'request', 'session_cookie', 'session_crypto'],
    server: `
Session Maybe`,
  },
  {
    plugin: 'auth_form',
    modules: ['session', 'request', 'auth_form'],
    directory: `
AuthFormProvider nobody
AuthFormAuthoritative Maybe
AuthFormSize -1
AuthFormDisableNoStore Maybe`,
  },
  {
    plugin: 'authz_core',
    directory: `
Require nonsense
Require ip
Require ip 1.2.3.4/33
Require not all granted
Require all
Require all maybe
AuthMerging Xor
AuthzSendForbiddenOnFailure Maybe`,
  },
  {
    plugin: 'byterange',
    server: `
MaxRanges -1
MaxRanges some
MaxRangeOverlaps -1
MaxRangeOverlaps some
MaxRangeReversals -1
MaxRangeReversals some`,
  },
  {
    plugin: 'autoindex',
    server: `
IndexOptions Colourful
IndexOptions +
AddIcon /icon.gif
AddIcon (ALT/icon.gif .x
AddIconByType /icon.gif
AddIconByEncoding /icon.gif
AddAlt text
AddAltByType text
AddAltByEncoding text
AddDescription text
IndexIgnoreReset Maybe
IndexOrderDefault Ascending
IndexOrderDefault Sideways Name
IndexOrderDefault Ascending Colour`,
  },
  {
    plugin: 'actions',
    modules: ['actions'],
    server: `
Action text/html
Action text/html /a wrong
Script POST`,
  },
  {
    plugin: 'static',
    server: `
AcceptPathInfo Maybe
FileETag Colour
FileETag +`,
  },
  {
    plugin: 'log_config',
    server: `
LogFormat %Q
LogFormat "%{x"
LogFormat %h a b
CustomLog logs.txt
CustomLog logs.txt %h when=x
CustomLog "" %h
GlobalLog logs.txt
BufferedLogs Maybe`,
  },
  {
    plugin: 'logio',
    server: `
LogIOTrackTTFB Maybe`,
  },
  {
    plugin: 'log_debug',
    modules: ['log_debug'],
    server: `
LogMessage text hook=nowhere
LogMessage text when=x`,
  },
];

export const cases: readonly ComparisonCase[] = bad.flatMap(({ plugin, modules = [], server = '', directory = '' }) => [
  ...linesOf(server).map((line) => refused(plugin, modules, line, line)),
  ...linesOf(directory).map((line) => {
    return refused(plugin, modules, line, `<Directory "@ROOT@/htdocs">\n${line}\n</Directory>`);
  }),
]);

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function refused(plugin: string, modules: readonly string[], line: string, config: string): ComparisonCase {
  return { name: `${line} is refused at start`, plugin, modules, config, refused: true, requests: [] };
}
