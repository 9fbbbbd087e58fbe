/** What the platform computes for `core`; kept by `node.ts` and `browser.ts`, reached only as `#primitives`. */

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3';

export interface IncrementalHash {
  update(data: Uint8Array): IncrementalHash;
  /** May be called once. */
  digest(): Uint8Array;
}

/** How a signature value is made; parameters that X.509 or COSE write beside the algorithm are here. */
export type SignatureScheme =
  | { readonly kind: 'sm2' }
  | { readonly kind: 'ecdsa'; readonly curve: 'P-256' | 'P-384'; readonly hash: HashName }
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly mgfHash: HashName; readonly saltLength: number }
  | { readonly kind: 'ed25519' };

export interface SignatureCheck {
  readonly scheme: SignatureScheme;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly message: Uint8Array;
  /** SM2 and ECDSA: DER SEQUENCE { r, s }. Others: the raw value. */
  readonly signature: Uint8Array;
  /** SM2 only: the user identifier of GB/T 32918.2 5.5. Empty for every other scheme. */
  readonly context: Uint8Array;
}

export interface Primitives {
  /** Name shown in self-test output: which engine answers for SM2. */
  readonly sm2Engine: () => string;
  createHash(name: HashName): IncrementalHash;
  hash(name: HashName, data: Uint8Array): Uint8Array;
  /** Answers false for every malformed signature; throws only for a scheme that this platform lacks. */
  checkSignature(check: SignatureCheck): Promise<boolean>;
  /** RFC 1950. Checks the Adler-32, refuses bytes behind the stream and stops at `maxBytes`; throws TrustError INFLATE_FAILED or INFLATE_TOO_LARGE. */
  inflate(data: Uint8Array, maxBytes: number): Uint8Array;
  /** RFC 1950, level 0 to 9. */
  deflate(data: Uint8Array, level: number): Uint8Array;
}
