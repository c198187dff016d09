import type { ForeignLine, ForeignNames } from '../../core/config/foreign-names.ts';

const ocsp = 'nobody asks by OCSP whether a certificate was called back; name a list of those by SSLCARevocationFile';
const stapling = 'no OCSP answer is sent along with the certificate';
const proxy = 'requests are not passed on to other servers yet';
const cache = 'sessions are taken up again by tickets, which need no cache';

/** What of mod_ssl has no meaning here. */
export const foreignNames: ForeignNames = {
  modules: {},
  directives: {
    SSLCACertificatePath: { reason: 'a folder of certificates is not read; put them into one SSLCACertificateFile' },
    SSLCARevocationPath: { reason: 'a folder of lists is not read; put them into one SSLCARevocationFile' },
    SSLFIPS: {
      reason: 'the mode is the Node process\'s, not a server\'s; start it with "node --enable-fips"',
    },
    SSLRequire: { reason: 'it is gone in favour of Require expr, which has the same variables' },
    SSLOCSPEnable: [{ when: /^off$/i, reason: ocsp, harmless: true }, { reason: ocsp }],
    SSLPassPhraseDialog: {
      reason: 'keys are read without a pass phrase; one that is encrypted keeps the server from starting',
      harmless: true,
    },
    ...allHarmless(ocsp, [
      'SSLOCSPDefaultResponder',
      'SSLOCSPNoVerify',
      'SSLOCSPOverrideResponder',
      'SSLOCSPProxyURL',
      'SSLOCSPResponderCertificateFile',
      'SSLOCSPResponderTimeout',
      'SSLOCSPResponseMaxAge',
      'SSLOCSPResponseTimeSkew',
      'SSLOCSPUseRequestNonce',
    ]),
    ...allHarmless(stapling, [
      'SSLStaplingCache',
      'SSLStaplingErrorCacheTimeout',
      'SSLStaplingFakeTryLater',
      'SSLStaplingForceURL',
      'SSLStaplingResponderTimeout',
      'SSLStaplingResponseMaxAge',
      'SSLStaplingResponseTimeSkew',
      'SSLStaplingReturnResponderErrors',
      'SSLStaplingStandardCacheTimeout',
      'SSLUseStapling',
    ]),
    ...allHarmless(cache, ['SSLSessionCache', 'SSLSessionCacheTimeout', 'SSLSessionTicketKeyFile']),
    ...allHarmless('the names of SSLCACertificateFile are sent', ['SSLCADNRequestFile', 'SSLCADNRequestPath']),
    ...allHarmless("Node's TLS never does it", ['SSLCompression', 'SSLInsecureRenegotiation', 'SSLRenegBufferSize']),
    ...allHarmless("Node's TLS sees to it itself", ['SSLCryptoDevice', 'SSLRandomSeed']),
    ...allHarmless('there are no passwords in TLS here', ['SSLSRPUnknownUserSeed', 'SSLSRPVerifierFile']),
    ...allHarmless(proxy, [
      'SSLProxyCACertificateFile',
      'SSLProxyCACertificatePath',
      'SSLProxyCARevocationCheck',
      'SSLProxyCARevocationFile',
      'SSLProxyCARevocationPath',
      'SSLProxyCheckPeerCN',
      'SSLProxyCheckPeerExpire',
      'SSLProxyCheckPeerName',
      'SSLProxyCipherSuite',
      'SSLProxyEngine',
      'SSLProxyMachineCertificateChainFile',
      'SSLProxyMachineCertificateFile',
      'SSLProxyMachineCertificatePath',
      'SSLProxyProtocol',
      'SSLProxyVerify',
      'SSLProxyVerifyDepth',
    ]),
  },
};

function allHarmless(reason: string, names: readonly string[]): Record<string, ForeignLine> {
  return Object.fromEntries(names.map((name) => [name, { reason, harmless: true }]));
}
