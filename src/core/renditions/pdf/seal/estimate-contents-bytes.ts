/** What goes into a CMS SignedData besides the parts that are always there; in bytes. */
export interface ContentsParts {
  /** Lengths of the DER certificates that will be embedded. */
  readonly certificates: readonly number[];
  /** Length of a time-stamp token that may be added; none by default. */
  readonly timestampToken?: number;
}

/** Algorithms, content type, message digest, signing-certificate-v2, issuer and serial, RSA-4096 or less, lengths. */
const FIXED = 2048;
/** Binding, intent and a journal proof with two hashes a level up to a million entries and three signature lines. */
const OUR_ATTRIBUTES = 4096;

/** Room to reserve in `/Contents`, in bytes, rounded up. An estimate: `sealPdf` says when it was too small. */
export function estimateContentsBytes({ certificates, timestampToken = 0 }: ContentsParts): number {
  const total = certificates.reduce((sum, length) => sum + length, FIXED + OUR_ATTRIBUTES + timestampToken);
  return Math.ceil(total / 256) * 256;
}
