import type { ForeignLine } from '../../core/config/foreign-names.ts';

/** Directives of Apache's core and MPMs without which a site answers the same, by the reason for it. */
const byReason: readonly (readonly [reason: string, names: string])[] = [
  [
    'one process serves all requests in an event loop',
    `AsyncRequestWorkerFactor ListenCoresBucketsRatio MaxClients MaxConnectionsPerChild MaxMemFree MaxRequestWorkers
    MaxRequestsPerChild MaxSpareServers MaxSpareThreads MinSpareServers MinSpareThreads ServerLimit StartServers ThreadLimit
    ThreadStackSize ThreadsPerChild`,
  ],
  [
    'Node and the operating system decide how sockets and files are read',
    `AcceptFilter EnableMMAP EnableSendfile FlushMaxPipelined FlushMaxThreshold ListenBacklog ListenTCPDeferAccept
    ReadBufferSize ReceiveBufferSize SendBufferSize`,
  ],
  [
    'there are no processes that have to find each other',
    'CoreDumpDirectory DefaultRuntimeDir LockFile Mutex PidFile ScoreBoardFile WatchdogInterval',
  ],
  ['no Server header or signature is sent', 'ServerSignature ServerTokens'],
  ['there is no status page', 'ExtendedStatus ProxyStatus SeeRequestTail'],
  ['TRACE is never answered', 'TraceEnable'],
  ["clients' names are never looked up; logs show addresses", 'HostnameLookups IdentityCheck IdentityCheckTimeout'],
  [
    'HTTP is always read strictly, and the server prefers what it lists first',
    'HttpProtocolOptions Protocol ProtocolsHonorOrder',
  ],
  [
    'Node decides how the frames of HTTP/2 are sent; nothing is pushed',
    `H2CopyFiles H2Direct H2EarlyHint H2EarlyHints H2MaxDataFrameLen H2MaxHeaderBlockLen H2MaxStreamErrors
    H2MaxWorkerIdleSeconds H2MaxWorkers H2MinWorkers H2ModernTLSOnly H2OutputBuffering H2Padding H2ProxyRequests H2Push
    H2PushDiarySize H2PushPriority H2PushResource H2SerializeHeaders H2SessionExtraFiles H2StreamMaxMemSize H2StreamTimeout
    H2TLSCoolDownSecs H2TLSWarmUpSize H2Upgrade H2WebSockets H2WindowSize`,
  ],
  ['a module that needs libraries brings them itself', 'LoadFile'],
  ['it has no effect in Apache 2.4 either', 'DefaultType NameVirtualHost'],
  ['no programs are started for requests', 'CGIPassAuth CGIVar RLimitCPU RLimitMEM RLimitNPROC'],
  ['no XML is read', 'LimitXMLRequestBody'],
  ['macros are read the same way with it', 'MacroIgnoreBadNesting MacroIgnoreEmptyArgs'],
];

const user: ForeignLine = {
  reason: 'the server stays the user that starts it; start it as the one it shall be',
  harmless: true,
  told: true,
};

export const harmlessDirectives: Readonly<Record<string, ForeignLine>> = {
  ...Object.fromEntries(
    byReason.flatMap(([reason, names]) =>
      names.split(/\s+/).map((name) => [name, { reason, harmless: true }] as const),
    ),
  ),
  User: user,
  Group: user,
};
