import type { Json } from '../errors/index.js';
import type { SuiteId } from '../crypto/index.js';
import type { PathCheckName, RevocationUnknown } from '../pki/index.js';
import type { Binding, Intent } from '../renditions/index.js';
import type { PdfEvidence, PdfSignatureEvidence, RegistryEvidence } from './evidence.js';
import type { FileFacts, Unreadable } from './inspect.js';

/** All that judging needs, as plain data: every cryptographic question is answered, no answer is weighed yet. */
export interface Facts {
  readonly at: string;
  readonly file: FileFacts;
  readonly unreadable: Unreadable | null;
  readonly pdf: PdfEvidence | null;
  readonly signatures: readonly SignatureFacts[];
  /** What the structured data says, in the file itself or attached; null when there is none that can be read. */
  readonly data: DataFacts | null;
  readonly registry: RegistryEvidence;
}

export interface SignatureFacts {
  readonly id: string;
  readonly kind: 'pdf' | 'sd-jwt';
  /** Structured data inside a PDF: judged too, but the document is what the PDF's own signature covers. */
  readonly attached: boolean;
  /** The signature value's container cannot be read; then only `id`, `kind` and `pdf` say something. */
  readonly unreadable: Unreadable | null;
  readonly pdf: PdfSignatureEvidence | null;
  readonly cms: CmsFacts | null;
  readonly jws: JwsFacts | null;
  /** Null: the algorithm is not in the suite table. */
  readonly suite: SuiteId | null;
  /** `not-checked`: no certificate or no known algorithm to check with. */
  readonly value: 'right' | 'wrong' | 'not-checked';
  readonly signer: CertificateFacts | null;
  readonly path: PathEvidence | null;
  /** By the intent, else by the file. A claim. */
  readonly claimedTime: string | null;
  readonly binding: Readable<Binding>;
  readonly journal: JournalFacts;
}

/** Something signed that may be absent or, though signed, not of its form. */
export type Readable<T> = { readonly found: 'absent' | 'malformed' } | { readonly found: 'once'; readonly value: T };

export interface CmsFacts {
  readonly signers: number;
  readonly detached: boolean;
  readonly ber: boolean;
  readonly trailing: number;
  readonly hasAttributes: boolean;
  /** The content by itself reads as a SET of attributes: it could be passed off as signed attributes. */
  readonly contentIsAttributes: boolean;
  readonly attributesInOrder: boolean;
  readonly contentType: 'right' | 'wrong' | 'absent' | 'repeated' | 'malformed';
  readonly messageDigest: 'equal' | 'different' | 'not-computed' | 'absent' | 'repeated' | 'malformed';
  readonly digestAlgorithm: string;
  /** The digest algorithm of the SignerInfo is that of the signature algorithm. */
  readonly digestFitsSuite: boolean;
  readonly signingCertificate: 'named' | 'other' | 'absent' | 'repeated' | 'malformed';
  readonly signingTime: boolean;
}

export interface JwsFacts {
  readonly typ: string | null;
}

export interface CertificateFacts {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly policies: readonly string[];
  readonly usage: readonly string[] | null;
  /** RSA modulus length; null for other keys. */
  readonly rsaBits: number | null;
  /** Named curve or algorithm OID; null for RSA. */
  readonly curve: string | null;
  /** Algorithm of the issuer's signature on it. */
  readonly suite: SuiteId | null;
}

export interface PathEvidence {
  /** Signer first, anchor last. */
  readonly certificates: readonly CertificateFacts[];
  readonly failed: readonly { readonly check: PathCheckName; readonly place: number; readonly why: string | null }[];
  /** One for each certificate but the anchor. */
  readonly revocations: readonly RevocationFacts[];
}

export type RevocationFacts =
  | { readonly status: 'good'; readonly thisUpdate: string; readonly nextUpdate: string | null }
  | { readonly status: 'revoked'; readonly at: string; readonly reason: string | null; readonly thisUpdate: string }
  | { readonly status: 'unknown'; readonly why: RevocationUnknown; readonly thisUpdate: string | null };

export type JournalFacts =
  | { readonly state: 'absent' }
  | { readonly state: 'malformed' }
  /** The checkpoint is of a journal that the caller does not know. */
  | (IntentFacts & { readonly state: 'unknown-journal'; readonly origin: string })
  | (IntentFacts & { readonly state: 'wrong'; readonly why: string })
  | (IntentFacts & {
      readonly state: 'proved';
      readonly origin: string;
      readonly index: number;
      readonly treeSize: number;
    });

export interface IntentFacts {
  readonly intent: Intent;
  /** The salted digest of the intent is that of what was signed. */
  readonly fitsContent: boolean;
  /** The intent names the binding that was signed. */
  readonly fitsBinding: boolean;
  readonly fitsSuite: boolean;
}

export interface DataFacts {
  readonly binding: Readable<Binding>;
  /** The commitment, computed again from the signed digests, is the one that the data claims, in both hashes. */
  readonly commitmentFits: boolean;
  /** Every disclosed item is among the committed digests of both families. */
  readonly disclosuresFit: boolean;
  readonly issuer: { readonly name: string; readonly code: string } | null;
  readonly validity: { readonly from: string; readonly until: string | null } | null;
  readonly items: Readonly<Record<string, Json>>;
  /** Facts that a face may show beside the items, by their path (`@number`, …). */
  readonly facts: Readonly<Record<string, Json>>;
}
