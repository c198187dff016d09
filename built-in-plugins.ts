import { corePlugin } from './core/core-plugin.ts';
import type { Plugin } from './core/plugin.ts';
import { brotli } from './filters/brotli.ts';
import { buffer } from './filters/buffer.ts';
import { byteRange } from './filters/byte-range.ts';
import { charsetLite } from './filters/charset-lite.ts';
import { data } from './filters/data.ts';
import { defaultCharset } from './filters/default-charset.ts';
import { deflate } from './filters/deflate.ts';
import { dumpIO } from './filters/dumpio.ts';
import { extFilter } from './filters/ext-filter.ts';
import { filter } from './filters/filter.ts';
import { htmlRewrite } from './filters/html-rewrite.ts';
import { rateLimit } from './filters/rate-limit.ts';
import { include } from './filters/include.ts';
import { sed } from './filters/sed.ts';
import { substitute } from './filters/substitute.ts';
import { zstd } from './filters/zstd.ts';
import { reflector } from './handlers/reflector.ts';
import { webSockets } from './handlers/websocket.ts';
import { accessCompat } from './phases/access-compat.ts';
import { actions } from './phases/actions.ts';
import { alias } from './phases/alias.ts';
import { allowMethods } from './phases/allowmethods.ts';
import { apacheNames } from './phases/apache-names.ts';
import { authBasic } from './phases/auth-basic.ts';
import { remoteIp } from './phases/remoteip.ts';
import { authForm } from './phases/auth-form.ts';
import { session } from './phases/session.ts';
import { authBearer } from './phases/auth-bearer.ts';
import { authDigest } from './phases/auth-digest.ts';
import { authnAnon } from './phases/authn-anon.ts';
import { authnDbm } from './phases/authn-dbm.ts';
import { authnSocache } from './phases/authn-socache.ts';
import { authnCore } from './phases/authn-core.ts';
import { authnFile } from './phases/authn-file.ts';
import { authzGroupFile } from './phases/authz-groupfile.ts';
import { authzHost } from './phases/authz-host.ts';
import { authzOwner } from './phases/authz-owner.ts';
import { authzUser } from './phases/authz-user.ts';
import { dir } from './phases/dir.ts';
import { documentRoot } from './phases/document-root.ts';
import { env } from './phases/env.ts';
import { expires } from './phases/expires.ts';
import { headers } from './phases/headers.ts';
import { logConfig } from './phases/log-config.ts';
import { logDebug } from './phases/log-debug.ts';
import { logForensic } from './phases/log-forensic.ts';
import { logIO } from './phases/logio.ts';
import { mime } from './phases/mime.ts';
import { mimeMagic } from './phases/mime-magic.ts';
import { negotiation } from './phases/negotiation.ts';
import { options } from './phases/options.ts';
import { authzCore } from './phases/require.ts';
import { rewrite } from './phases/rewrite.ts';
import { securityHeaders } from './phases/security-headers.ts';
import { setEnvIf } from './phases/setenvif.ts';
import { uniqueId } from './phases/unique-id.ts';
import { userTrack } from './phases/usertrack.ts';
import { echo } from './handlers/echo.ts';
import { autoindex } from './handlers/autoindex.ts';
import { asis } from './handlers/asis.ts';
import { ssl } from './phases/ssl.ts';
import { speling } from './phases/speling.ts';
import { userDir } from './phases/userdir.ts';
import { vhostAlias } from './phases/vhost-alias.ts';
import { imagemap } from './handlers/imagemap.ts';
import { staticFiles } from './handlers/static.ts';

/** The plugins that come with Sluice; where hooks of one phase aren't ordered by name, this order holds. */
export const builtInPlugins: readonly Plugin[] = [
  corePlugin,
  remoteIp,
  apacheNames,
  documentRoot,
  rewrite,
  alias,
  userDir,
  vhostAlias,
  options,
  dir,
  ssl,
  speling,
  mime,
  mimeMagic,
  negotiation,
  setEnvIf,
  env,
  uniqueId,
  userTrack,
  expires,
  securityHeaders,
  headers,
  allowMethods,
  accessCompat,
  authnCore,
  authnFile,
  authnAnon,
  authnDbm,
  authnSocache,
  authBasic,
  authDigest,
  authBearer,
  session,
  authForm,
  authzCore,
  authzUser,
  authzHost,
  authzGroupFile,
  authzOwner,
  filter,
  include,
  substitute,
  sed,
  charsetLite,
  extFilter,
  htmlRewrite,
  data,
  dumpIO,
  buffer,
  rateLimit,
  reflector,
  webSockets,
  zstd,
  brotli,
  deflate,
  defaultCharset,
  byteRange,
  echo,
  autoindex,
  asis,
  imagemap,
  actions,
  staticFiles,
  logConfig,
  logIO,
  logDebug,
  logForensic,
];
