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
  ['HTTP/1.1 is spoken, and always read strictly', 'HttpProtocolOptions Protocol Protocols ProtocolsHonorOrder'],
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
