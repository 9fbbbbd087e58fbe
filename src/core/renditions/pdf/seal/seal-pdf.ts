import { createHash, type HashName } from '#primitives';
import type { UnsealedPdf } from '../unsealed-pdf.js';
import { PdfSealError } from './errors.js';

/** The two stretches that `/ByteRange` names: everything but the `/Contents` string. Views, not copies. */
export function coveredRanges(unsealed: UnsealedPdf): readonly [Uint8Array, Uint8Array] {
  const { bytes, contentsOffset, contentsLength } = unsealed;
  const after = contentsOffset + contentsLength + 2;
  if (bytes[contentsOffset] !== 60 || bytes[after - 1] !== 62 || contentsLength % 2 !== 0)
    throw new PdfSealError('UNSEALED_PDF_INVALID', {
      en: 'the place for the seal is not where it should be',
      zh: '印章数据的预留位置不正确',
    });
  return [bytes.subarray(0, contentsOffset), bytes.subarray(after)];
}

/** The messageDigest of the CMS: hash over `coveredRanges`. Known before anything is signed. */
export function contentDigest(unsealed: UnsealedPdf, hash: HashName): Uint8Array {
  const [before, after] = coveredRanges(unsealed);
  return createHash(hash).update(before).update(after).digest();
}

const DIGITS = new Uint8Array(512);
for (let byte = 0; byte < 256; byte++) {
  const text = byte.toString(16).padStart(2, '0');
  DIGITS[2 * byte] = text.charCodeAt(0);
  DIGITS[2 * byte + 1] = text.charCodeAt(1);
}

/**
 * A copy of the file with the signature value in its place: lower-case digits, zeros behind it.
 *
 * @param cms DER of the ContentInfo
 * @throws PdfSealError CONTENTS_TOO_SMALL with `details.neededBytes`: compose again with that much room
 */
export function sealPdf(unsealed: UnsealedPdf, cms: Uint8Array): Uint8Array {
  coveredRanges(unsealed);
  const reserved = unsealed.contentsLength / 2;
  if (cms.length > reserved)
    throw new PdfSealError(
      'CONTENTS_TOO_SMALL',
      {
        en: `the seal takes ${cms.length} bytes, ${reserved} are reserved`,
        zh: `印章数据需要 ${cms.length} 字节，仅预留 ${reserved} 字节`,
      },
      { details: { neededBytes: cms.length, reservedBytes: reserved } },
    );
  const out = unsealed.bytes.slice();
  let at = unsealed.contentsOffset + 1;
  for (const byte of cms) {
    out[at++] = DIGITS[2 * byte]!;
    out[at++] = DIGITS[2 * byte + 1]!;
  }
  return out.fill(48, at, unsealed.contentsOffset + 1 + unsealed.contentsLength);
}
