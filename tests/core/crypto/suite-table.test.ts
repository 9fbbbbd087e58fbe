import { describe, expect, it } from '@jest/globals';
import {
  DIGEST_OIDS,
  allSuites,
  checkSuiteSignature,
  digestByOid,
  sameAlgorithm,
  suiteById,
  suiteByJose,
  suiteOfAlgorithm,
} from '../../../src/core/crypto/index.js';
import { der, readDer, utf8 } from '../../../src/core/encoding/index.js';

const algorithm = (oid: string, ...parameters: Uint8Array[]) => readDer(der.sequence(der.oid(oid), ...parameters));
const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';
const PSS = '1.2.840.113549.1.1.10';

describe('the suite table', () => {
  it('finds each suite by id, by JOSE name and by its own AlgorithmIdentifier', () => {
    for (const suite of allSuites()) {
      expect(suiteById(suite.id)).toBe(suite);
      expect(suiteByJose(suite.jose!)).toBe(suite);
      expect(suiteOfAlgorithm(readDer(suite.signatureAlgorithm))).toBe(suite);
      expect(digestByOid(suite.digestOid)).toBe(suite.hash);
    }
  });

  it('refuses a name that it lacks', () => {
    expect(() => suiteById('MD5')).toThrow(expect.objectContaining({ code: 'SUITE_UNKNOWN' }));
    expect(() => suiteByJose('none')).toThrow(expect.objectContaining({ code: 'SUITE_UNKNOWN' }));
    expect(digestByOid('1.2.3')).toBeUndefined();
  });

  it('takes the hash from beside where a SignerInfo names only the key', () => {
    expect(suiteOfAlgorithm(algorithm(RSA, der.null()), DIGEST_OIDS.sha384)?.id).toBe('RSA-PKCS1-SHA384');
    expect(suiteOfAlgorithm(algorithm(EC), DIGEST_OIDS.sha256)?.id).toBe('ECDSA-P256-SHA256');
    expect(suiteOfAlgorithm(algorithm(EC, der.oid('1.2.156.10197.1.301')), DIGEST_OIDS.sm3)?.id).toBe('SM2-SM3');
    expect(suiteOfAlgorithm(algorithm('1.2.156.10197.1.301.1', der.null()), DIGEST_OIDS.sm3)?.id).toBe('SM2-SM3');
    expect(suiteOfAlgorithm(algorithm('1.2.156.10197.1.501', der.null()))?.id).toBe('SM2-SM3');
  });

  it.each([
    ['rsaEncryption without a hash', algorithm(RSA, der.null()), undefined],
    ['SHA-1 with RSA', algorithm('1.2.840.113549.1.1.5', der.null()), undefined],
    ['rsaEncryption with SHA-1', algorithm(RSA, der.null()), DIGEST_OIDS.sha1],
    ['SM2 with SHA-256', algorithm('1.2.156.10197.1.301.1'), DIGEST_OIDS.sha256],
    ['parameters that are not NULL', algorithm('1.2.840.10045.4.3.2', der.integer(1)), undefined],
    ['PSS without parameters, which means SHA-1', algorithm(PSS), undefined],
    ['PSS with defaults', algorithm(PSS, der.sequence()), undefined],
    ['PSS with parameters of another kind', algorithm(PSS, der.null()), undefined],
  ])('has no suite for %s', (_, node, digest) => {
    expect(suiteOfAlgorithm(node, digest)).toBeUndefined();
  });

  it('has no suite for PSS whose two hashes differ, whose salt is odd or whose trailer is named', () => {
    const hash = (name: 'sha256' | 'sha384') => der.sequence(der.oid(DIGEST_OIDS[name]), der.null());
    const pss = (mgf: Uint8Array, salt: number, ...rest: Uint8Array[]) =>
      algorithm(
        PSS,
        der.sequence(
          der.explicit(0, hash('sha256')),
          der.explicit(1, mgf),
          der.explicit(2, der.integer(salt)),
          ...rest,
        ),
      );
    const mgf1 = (inner: Uint8Array) => der.sequence(der.oid('1.2.840.113549.1.1.8'), inner);
    expect(suiteOfAlgorithm(pss(mgf1(hash('sha256')), 32))?.id).toBe('RSA-PSS-SHA256');
    expect(suiteOfAlgorithm(pss(mgf1(hash('sha384')), 32))).toBeUndefined();
    expect(suiteOfAlgorithm(pss(mgf1(hash('sha256')), 20))).toBeUndefined();
    expect(suiteOfAlgorithm(pss(der.sequence(der.oid('1.2.3'), hash('sha256')), 32))).toBeUndefined();
    expect(suiteOfAlgorithm(pss(mgf1(hash('sha256')), 32, der.explicit(3, der.integer(1))))).toBeUndefined();
  });

  it('compares AlgorithmIdentifiers by their bytes', () => {
    expect(sameAlgorithm(algorithm(RSA), algorithm(RSA))).toBe(true);
    expect(sameAlgorithm(algorithm(RSA), algorithm(RSA, der.null()))).toBe(false);
  });

  it('refuses a user identifier where the suite has none', async () => {
    const input = { suite: suiteById('ED25519'), spki: utf8(''), message: utf8(''), signature: utf8('') };
    await expect(checkSuiteSignature({ ...input, context: utf8('1') })).rejects.toMatchObject({
      code: 'CONTEXT_NOT_ALLOWED',
    });
    expect(await checkSuiteSignature(input)).toBe(false);
  });
});
