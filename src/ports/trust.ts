import type { Certificate, CertificateList } from '../core/pki/index.js';
import type { LogVerifier } from '../core/journal/index.js';

/** What the operator chose to believe: read from a trust directory. */
export interface Trust {
  anchors(): Promise<readonly Certificate[]>;
  /** Certificates of authorities that may help to build paths; not trusted by being here. */
  intermediates(): Promise<readonly Certificate[]>;
  journals(): Promise<readonly LogVerifier[]>;
}

/** Where revocation answers come from. Files do not name hosts here: sources are configured (decision 15, SSRF rule). */
export interface RevocationSource {
  /** Newest CRLs known whose issuer name is this (DER); empty when none could be had, which is a fact, not a failure. */
  crlsOf(issuer: Uint8Array): Promise<readonly CertificateList[]>;
}
