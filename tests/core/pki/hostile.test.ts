import { describe, expect, it } from '@jest/globals';
import { TrustError } from '../../../src/core/errors/index.js';
import {
  publicKeyOf,
  readCertificate,
  readCertificateList,
  readSignedData,
  signingCertificateOf,
} from '../../../src/core/pki/index.js';
import { fixture, names } from './fixtures/fixture.js';

/** Everything that reads a stranger's bytes; answers or a TrustError, nothing else. */
const survives = (read: () => unknown): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof TrustError)) throw error;
  }
};

const readerOf = (name: string): ((bytes: Uint8Array) => unknown) => {
  if (name.includes('-cms-')) return (bytes) => readSignedData(bytes, { ber: true }).signers.map(signingCertificateOf);
  return name.endsWith('-crl') ? readCertificateList : (bytes) => publicKeyOf(readCertificate(bytes));
};

describe('a hostile structure', () => {
  const some = names().filter((name) =>
    /^(sm2-(signer|authority-crl|constrained)|pss-authority|rsa-cms-stream|p256-cms-detached)$/.test(name),
  );

  it.each(some)('cut off anywhere gives a TrustError (%s)', (name) => {
    const bytes = fixture(name);
    const read = readerOf(name);
    for (let length = 0; length < bytes.length; length += 1 + (length >> 7))
      expect(() => read(bytes.subarray(0, length))).toThrow(TrustError);
  });

  it.each(some)('with a byte changed gives a value or a TrustError (%s)', (name) => {
    const bytes = fixture(name);
    const read = readerOf(name);
    // Every byte of the small ones, every third or fourth of the large.
    for (let at = 0; at < bytes.length; at += 1 + (bytes.length >> 10)) {
      const was = bytes[at]!;
      bytes[at] = was ^ [0x01, 0x80, 0xff][at % 3]!;
      survives(() => read(bytes));
      bytes[at] = was;
    }
    expect(read(bytes)).toBeDefined();
  });

  it('with bytes behind it is refused, but for CMS, where they are counted', () => {
    for (const name of some) {
      const longer = Uint8Array.of(...fixture(name), 1);
      if (name.includes('-cms-')) expect(readSignedData(longer, { ber: true }).trailing).toBe(1);
      else expect(() => readerOf(name)(longer)).toThrow(TrustError);
    }
  });
});
