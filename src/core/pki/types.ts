import type { Oid } from '../encoding/index.js';
import type { Suite, SuiteId } from '../crypto/index.js';

/** X.501 name: the DER as received, and its attributes in order, one for each AttributeTypeAndValue. */
export interface Name {
  readonly der: Uint8Array;
  readonly attributes: readonly { readonly oid: Oid; readonly value: string }[];
  /** Equal for two names that match by RFC 5280 7.1 (string type, case and blanks do not count). For comparing only. */
  readonly key: string;
}

export interface Extension {
  readonly oid: Oid;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** A parsed certificate (RFC 5280). Nothing in it has been checked beyond its form. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Positive, at most 20 octets (RFC 5280 4.1.2.2). */
  readonly serial: bigint;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly keyAlgorithm: Oid;
  /** The suite of the issuer's signature; undefined when the algorithm is not in the suite table. */
  readonly suite: Suite | undefined;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extendedKeyUsage: readonly Oid[] | undefined;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength?: number } | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly crlUrls: readonly string[];
  readonly policies: readonly Oid[];
  /** SHA-256 of `der`, lower-case hex: the name under which evidence and reports speak of it. */
  readonly id: string;
}

export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export interface RevokedEntry {
  readonly serial: bigint;
  readonly at: Date;
  readonly reason: string | undefined;
}

export interface CertificateList {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly number: bigint | undefined;
  readonly suite: Suite | undefined;
  readonly signature: Uint8Array;
  readonly revoked: ReadonlyMap<bigint, RevokedEntry>;
  readonly extensions: readonly Extension[];
  /** Critical extensions of entries that are not understood here, `certificateIssuer` for example. */
  readonly entryExtensions: readonly Oid[];
  readonly id: string;
}

/** One SignerInfo of a CMS SignedData (RFC 5652) and what surrounds it. Parsed, not checked. */
export interface SignedData {
  readonly der: Uint8Array;
  /** Of the ContentInfo: signedData by RFC 5652 or by GB/T 35275. */
  readonly outerType: Oid;
  /** eContentType: what the content-type attribute must repeat. */
  readonly contentType: Oid;
  /** eContent, absent when detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignerInfo[];
  /** Indefinite or non-minimal lengths, or a string in pieces, somewhere outside the certificates. */
  readonly ber: boolean;
  /** Bytes behind the structure up to the last one that is not zero: padding does not count. */
  readonly trailing: number;
}

export interface SignerInfo {
  readonly version: number;
  readonly digestAlgorithm: Oid;
  readonly suite: Suite | undefined;
  readonly issuerAndSerial: { readonly issuer: Uint8Array; readonly serial: bigint } | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly signedAttributes: readonly Attribute[] | undefined;
  /** DER SET OF of the signed attributes: what is signed (RFC 5652 5.4). */
  readonly signedBytes: Uint8Array | undefined;
  /** False when the attributes as received are not the DER order. */
  readonly signedAttributesAreDer: boolean;
  readonly unsignedAttributes: readonly Attribute[];
  readonly signature: Uint8Array;
}

export interface Attribute {
  readonly oid: Oid;
  readonly values: readonly Uint8Array[];
}

/** What is believed without further proof. Given by the caller, never found in a file. */
export interface TrustAnchors {
  /** DER certificates of roots (or of any authority that the caller chooses to trust). */
  readonly certificates: readonly Certificate[];
}

/**
 * One attribute that must stand exactly once with exactly one value (RFC 5652 11).
 * `repeated`: more than one attribute or value. `malformed`: no value, or one of another type.
 */
export type Reading<T> =
  { readonly found: 'once'; readonly value: T } | { readonly found: 'absent' | 'repeated' | 'malformed' };

/** What a signing-certificate attribute names: RFC 5035 (version 2) or RFC 2634 (version 1, SHA-1). */
export interface SigningCertificateReference {
  readonly version: 1 | 2;
  readonly digestAlgorithm: Oid;
  readonly certificateHash: Uint8Array;
  readonly issuerAndSerial: { readonly issuer: Uint8Array; readonly serial: bigint } | undefined;
}

/** Leaf first, trust anchor last; one certificate alone when the leaf is an anchor. */
export type Path = readonly Certificate[];

export type PathCheckName =
  | 'signature'
  | 'validity'
  | 'name-chaining'
  | 'certificate-authority'
  | 'path-length'
  | 'key-cert-sign'
  | 'critical-extensions'
  | 'key-usage';

/** One check of one certificate (RFC 5280 6.1). A path of which any check failed must not be accepted. */
export interface PathCheck {
  readonly check: PathCheckName;
  /** Place in the path: 0 is the leaf. */
  readonly place: number;
  readonly passed: boolean;
  /** Tells failures of one check apart. */
  readonly why?: 'wrong' | 'suite-unknown' | 'expired' | 'not-yet-valid';
  /** Extensions that are not supported (`critical-extensions`) or usages that are missing (`key-usage`). */
  readonly names?: readonly string[];
}

export interface CrlSource {
  readonly id: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** Why a CRL says nothing: of several, the reason of the newest. */
export type RevocationUnknown =
  | 'no-crl'
  | 'not-yet'
  | 'stale'
  | 'bad-signature'
  | 'suite-unknown'
  | 'key-usage'
  | 'critical-extension'
  | 'certificate-expired';

/** Status of one certificate. `revoked` tells when; whether that was too late to matter is for the judge. */
export type Revocation =
  | { readonly status: 'good'; readonly crl: CrlSource }
  | { readonly status: 'revoked'; readonly at: Date; readonly reason: string | undefined; readonly crl: CrlSource }
  | { readonly status: 'unknown'; readonly why: RevocationUnknown; readonly crl?: CrlSource };

/** What was found about a path: facts, no verdict. */
export interface PathFacts {
  readonly path: Path;
  readonly at: Date;
  /** All checks, leaf first. */
  readonly checks: readonly PathCheck[];
  /** One for each certificate but the anchor, leaf first. */
  readonly revocations: readonly Revocation[];
}

/** Results of signature checks by `issuer id:signed object id`; a Map will do. The caller bounds its size. */
export interface SignatureCache {
  get(key: string): boolean | undefined;
  set(key: string, right: boolean): unknown;
}

export type { SuiteId };
