import { describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { concat } from '../../../../src/core/encoding/index.js';
import {
  PdfSealError,
  contentDigest,
  coveredRanges,
  estimateContentsBytes,
  inspectPdf,
  sealPdf,
} from '../../../../src/core/renditions/index.js';
import { BODIES, CMS, RESERVED, plainPdf, reserved } from '../../../support/pdf-samples.js';

const unsealed = reserved(plainPdf(BODIES));

describe('sealPdf', () => {
  it('puts the value in its place and changes no covered byte', () => {
    const sealed = sealPdf(unsealed, CMS);
    expect(sealed.length).toBe(unsealed.bytes.length);
    const [signature] = inspectPdf(sealed).signatures;
    expect(signature!.contents.subarray(0, CMS.length)).toEqual(CMS);
    expect(signature!.contentsProblems).toEqual([]);
    expect(signature!.coverage).toEqual({ kind: 'whole-file' });
    for (const name of ['sha256', 'sm3'] as const)
      expect(signature!.digest(name)).toEqual(contentDigest(unsealed, name));
    expect(unsealed.bytes[unsealed.contentsOffset + 1]).toBe(48);
  });

  it('takes a value that fills the place, and says what a larger one needs', () => {
    const full = Uint8Array.from({ length: RESERVED }, (_, i) => (i === 0 ? 0x30 : i === 1 ? RESERVED - 2 : 0xfe));
    expect(inspectPdf(sealPdf(unsealed, full)).signatures[0]!.contents).toEqual(full);
    expect(() => sealPdf(unsealed, new Uint8Array(RESERVED + 1))).toThrow(
      expect.objectContaining({
        code: 'CONTENTS_TOO_SMALL',
        more: { details: { neededBytes: RESERVED + 1, reservedBytes: RESERVED } },
      }),
    );
  });

  it('refuses offsets that do not fit the bytes', () => {
    for (const wrong of [
      { contentsOffset: 3 },
      { contentsLength: 2 * RESERVED - 2 },
      { contentsLength: 2 * RESERVED + 1 },
    ])
      expect(() => contentDigest({ ...unsealed, ...wrong }, 'sha256')).toThrow(PdfSealError);
  });
});

describe('coveredRanges', () => {
  it('are all bytes but the string and its brackets', () => {
    const [before, after] = coveredRanges(unsealed);
    expect(before.length + after.length).toBe(unsealed.bytes.length - 2 * RESERVED - 2);
    expect(contentDigest(unsealed, 'sha256')).toEqual(hash('sha256', concat([before, after])));
  });
});

describe('estimateContentsBytes', () => {
  it('grows with certificates and a time-stamp, in steps', () => {
    expect(estimateContentsBytes({ certificates: [700, 650] })).toBe(7680);
    expect(estimateContentsBytes({ certificates: [700, 650], timestampToken: 4000 })).toBe(11520);
  });
});
