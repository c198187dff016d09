/** Modules of Apache that Sluice has no plugin for. */
export interface ForeignModule {
  /** As LoadModule names them, without `_module`. */
  readonly modules: string;
  /** What to do instead. */
  readonly reason: string;
  /** Directives without which a site is another one: a start with them fails. */
  readonly refused?: string;
  /** Directives that only tune what the others do, or what nobody misses. */
  readonly harmless?: string;
  /** Loading it is asking for what it does: the LoadModule line alone is refused. */
  readonly actsAlone?: true;
}

export const foreignModules: readonly ForeignModule[] = [
  {
    modules: `proxy proxy_ajp proxy_balancer proxy_connect proxy_express proxy_fcgi proxy_fdpass proxy_ftp proxy_hcheck
    proxy_http proxy_http2 proxy_scgi proxy_uwsgi proxy_wstunnel lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic
    lbmethod_heartbeat heartbeat heartmonitor`,
    reason: 'requests are not passed on to other servers yet',
    refused: `BalancerMember HeartbeatAddress HeartbeatListen HeartbeatMaxServers HeartbeatStorage Proxy ProxyBlock
    ProxyExpressDBMFile ProxyExpressEnable ProxyMatch ProxyPass ProxyPassMatch ProxyPassReverse ProxyPassReverseCookieDomain
    ProxyPassReverseCookiePath ProxyRemote ProxyRemoteMatch ProxySet`,
    harmless: `AllowCONNECT BalancerGrowth BalancerInherit BalancerPersist NoProxy Proxy100Continue ProxyAddHeaders
    ProxyBadHeader ProxyDomain ProxyErrorOverride ProxyExpressDBMType ProxyFCGIBackendType ProxyFCGISetEnvIf
    ProxyFtpDirCharset ProxyFtpEscapeWildcards ProxyFtpListOnWildcard ProxyHCExpr ProxyHCTPsize ProxyHCTemplate
    ProxyIOBufferSize ProxyMaxForwards ProxyPassInherit ProxyPassInterpolateEnv ProxyPreserveHost ProxyReceiveBufferSize
    ProxySCGIInternalRedirect ProxySCGISendfile ProxySourceAddress ProxyTimeout ProxyVia ProxyWebsocketFallbackToProxyHttp`,
  },
  {
    modules: 'cgi cgid suexec',
    reason: 'CGI programs are not run yet; a ContentHandler does what they do',
    harmless: `CGIDScriptTimeout CGIScriptTimeout ScriptLog ScriptLogBuffer ScriptLogLength ScriptSock Suexec
    SuexecUserGroup`,
  },
  {
    modules: 'xml2enc proxy_html case_filter case_filter_in',
    reason: 'there is no such filter; HTML_REWRITE changes pages, and OutputFilter and InputFilter declare others',
    refused: `CaseFilter CaseFilterIn ProxyHTMLEnable ProxyHTMLURLMap`,
    harmless: `ProxyHTMLBufSize ProxyHTMLCharsetOut ProxyHTMLDoctype ProxyHTMLEvents
    ProxyHTMLExtended ProxyHTMLFixups ProxyHTMLInterp ProxyHTMLLinks ProxyHTMLMeta ProxyHTMLStripComments
    xml2EncAlias xml2EncDefault xml2StartParse`,
  },
  {
    modules: 'status info',
    reason: 'there is no such page; its URL answers 404',
    harmless: 'AddModuleInfo',
  },
  {
    modules: 'cache cache_disk cache_socache file_cache',
    reason: 'responses are not cached by the server; each one is made anew',
    harmless: `CacheDefaultExpire CacheDetailHeader CacheDirLength CacheDirLevels CacheDisable CacheEnable CacheFile
    CacheHeader CacheIgnoreCacheControl CacheIgnoreHeaders CacheIgnoreNoLastMod CacheIgnoreQueryString
    CacheIgnoreURLSessionIdentifiers CacheKeyBaseURL CacheLastModifiedFactor CacheLock CacheLockMaxAge CacheLockPath
    CacheMaxExpire CacheMaxFileSize CacheMinExpire CacheMinFileSize CacheQuickHandler CacheReadSize CacheReadTime CacheRoot
    CacheSocache CacheSocacheMaxSize CacheSocacheMaxTime CacheSocacheMinTime CacheSocacheReadSize CacheSocacheReadTime
    CacheStaleOnError CacheStoreExpired CacheStoreNoStore CacheStorePrivate MMapFile`,
  },
  {
    modules: 'dav dav_fs dav_lock',
    reason: 'there is no WebDAV',
    refused: 'DAV',
    harmless: 'DAVBasePath DAVDepthInfinity DAVGenericLockDB DAVLockDB DAVLockDiscovery DAVMinTimeout',
  },
  {
    modules: 'ldap authnz_ldap dbd authn_dbd authz_dbd authnz_fcgi',
    reason: 'users are not looked up there; a plugin can be a provider of users',
    refused: `AuthDBDUserPWQuery AuthDBDUserRealmQuery AuthLDAPBindDN AuthLDAPBindPassword AuthLDAPURL
    AuthnzFcgiCheckAuthnProvider AuthnzFcgiDefineProvider AuthzDBDLoginToReferer AuthzDBDQuery AuthzDBDRedirectQuery`,
    harmless: `AuthLDAPAuthorizePrefix AuthLDAPBindAuthoritative AuthLDAPCharsetConfig AuthLDAPCompareAsUser
    AuthLDAPCompareDNOnServer AuthLDAPDereferenceAliases AuthLDAPGroupAttribute AuthLDAPGroupAttributeIsDN
    AuthLDAPInitialBindAsUser AuthLDAPInitialBindPattern AuthLDAPMaxSubGroupDepth AuthLDAPRemoteUserAttribute
    AuthLDAPRemoteUserIsDN AuthLDAPSearchAsUser AuthLDAPSubGroupAttribute AuthLDAPSubGroupClass DBDExptime DBDInitSQL DBDKeep
    DBDMax DBDMin DBDParams DBDPersist DBDPrepareSQL DBDriver LDAPCacheEntries LDAPCacheTTL LDAPConnectionPoolTTL
    LDAPConnectionTimeout LDAPLibraryDebug LDAPOpCacheEntries LDAPOpCacheTTL LDAPReferralHopLimit LDAPReferrals LDAPRetries
    LDAPRetryDelay LDAPSharedCacheFile LDAPSharedCacheSize LDAPTimeout LDAPTrustedClientCert LDAPTrustedGlobalCert
    LDAPTrustedMode LDAPVerifyServerCert`,
  },
  {
    modules: 'session_dbd',
    reason: 'sessions are not kept in a database',
    refused: `SessionDBDCookieName SessionDBDCookieName2 SessionDBDCookieRemove SessionDBDDeleteLabel SessionDBDInsertLabel
    SessionDBDPerUser SessionDBDSelectLabel SessionDBDUpdateLabel`,
  },
  {
    modules: 'lua',
    reason: 'handlers are written in TypeScript: ContentHandler, AccessHandler and so on name them',
    refused: `LuaAuthzProvider LuaHookAccessChecker LuaHookAuthChecker LuaHookCheckUserID LuaHookFixups LuaHookInsertFilter
    LuaHookLog LuaHookMapToStorage LuaHookPreTranslateName LuaHookTranslateName LuaHookTypeChecker LuaInputFilter
    LuaMapHandler LuaOutputFilter LuaQuickHandler`,
    harmless: 'LuaCodeCache LuaInherit LuaPackageCPath LuaPackagePath LuaRoot LuaScope',
  },
  {
    modules: 'md',
    reason: 'there is no TLS yet, so certificates are not managed',
    refused: 'MDRequireHttps MDomain MDomainSet',
    harmless: `MDBaseServer MDCAChallenges MDCertificateAgreement MDCertificateAuthority MDCertificateProtocol MDContactEmail
    MDDriveMode MDHttpProxy MDMatchNames MDMember MDMembers MDMessageCmd MDMustStaple MDNotifyCmd MDPortMap MDPrivateKeys
    MDRenewMode MDRenewWindow MDServerStatus MDStapling MDStoreDir MDWarnWindow`,
  },
  {
    modules: 'request',
    reason: 'a subrequest has no body; a handler passes on what it has read',
    refused: 'KeptBodySize',
  },
  {
    modules: 'cern_meta',
    reason: 'headers are not read from files beside the content; Header sets them',
    refused: 'MetaFiles',
    harmless: 'MetaDir MetaSuffix',
  },
  { modules: 'dialup', reason: 'a ConnectionHandler can do what it does', refused: 'ModemStandard' },
  {
    modules: `mpm_event mpm_prefork mpm_worker slotmem_plain slotmem_shm socache_dbm socache_memcache socache_redis
    socache_shmcb unixd watchdog systemd ident so`,
    reason: 'one process serves all requests; nothing has to be shared',
    harmless: 'MemcacheConnTTL RedisConnPoolTTL RedisTimeout',
  },
  {
    modules: 'php php5 php7 fcgid perl wsgi passenger jk',
    reason: 'programs of other languages are not run; serve them with their own server',
    refused: `FcgidWrapper JkMount PassengerAppRoot PassengerEnabled PerlModule PerlRequire PerlResponseHandler WSGIDaemonProcess
    WSGIProcessGroup WSGIScriptAlias WSGIScriptAliasMatch php_admin_flag php_admin_value php_flag php_value`,
    actsAlone: true,
  },
  {
    modules: 'python',
    reason: 'handlers are written in TypeScript; the phases have the names that mod_python gives them',
    refused: `PythonAccessHandler PythonAuthenHandler PythonAuthzHandler PythonConnectionHandler PythonFixupHandler
    PythonHandler PythonHeaderParserHandler PythonInputFilter PythonLogHandler PythonOutputFilter PythonPostReadRequestHandler
    PythonTransHandler PythonTypeHandler`,
    harmless: `PythonAutoReload PythonDebug PythonEnablePdb PythonInterpPerDirectory PythonInterpPerDirective
    PythonInterpreter PythonOption PythonOptimize PythonPath`,
    actsAlone: true,
  },
  {
    modules: 'security2 security3 evasive20 qos',
    reason: 'nothing here does what it protects from; keep a server in front that has it',
    refused:
      'DOSPageCount DOSSiteCount QS_ClientEventLimitCount QS_SrvMaxConn SecAction SecRule SecRuleEngine modsecurity',
    actsAlone: true,
  },
];
