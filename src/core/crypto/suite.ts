import type { HashName, SignatureScheme } from '../primitives/contract.js';
import type { Oid } from '../encoding/index.js';

/**
 * One way to sign, by name. The names are ours; JOSE and OID names stand beside them in the table.
 * RSA key sizes are a matter of the key, checked by policy.
 */
export type SuiteId =
  | 'SM2-SM3'
  | 'ECDSA-P256-SHA256'
  | 'ECDSA-P384-SHA384'
  | 'RSA-PKCS1-SHA256'
  | 'RSA-PKCS1-SHA384'
  | 'RSA-PKCS1-SHA512'
  | 'RSA-PSS-SHA256'
  | 'RSA-PSS-SHA384'
  | 'RSA-PSS-SHA512'
  | 'ED25519';

export interface Suite {
  readonly id: SuiteId;
  readonly scheme: SignatureScheme;
  /** Hash of the message and, in CMS, of the content. */
  readonly hash: HashName;
  readonly digestOid: Oid;
  readonly signatureOid: Oid;
  /** DER AlgorithmIdentifier of the signature, with the parameters its RFC prescribes. */
  readonly signatureAlgorithm: Uint8Array;
  /** DER AlgorithmIdentifier of the digest. */
  readonly digestAlgorithm: Uint8Array;
  /** JOSE `alg`, where one is known. */
  readonly jose: string | null;
  /** The SM2 user identifier that this product uses, GB/T 35276 (default 1234567812345678); empty for other suites. */
  readonly defaultContext: Uint8Array;
}
