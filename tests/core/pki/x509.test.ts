import { describe, expect, it } from '@jest/globals';
import { X509Certificate } from '@peculiar/x509';
import { der, equalBytes, tlv, toHex } from '../../../src/core/encoding/index.js';
import {
  PkiError,
  commonNameOf,
  organisationOf,
  publicKeyOf,
  readCertificate,
  sameName,
} from '../../../src/core/pki/index.js';
import { FAMILIES, certificate, fixture } from './fixtures/fixture.js';
import * as forged from './fixtures/forge.js';

const refused = (bytes: Uint8Array) => {
  try {
    readCertificate(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(PkiError);
    expect((error as PkiError).code).toBe('CERTIFICATE_MALFORMED');
    return true;
  }
  return false;
};

describe('readCertificate', () => {
  it.each(FAMILIES)('reads a signer certificate made by OpenSSL (%s)', (family) => {
    const signer = certificate(`${family}-signer`);
    expect(signer.version).toBe(3);
    expect(commonNameOf(signer.subject)).toBe('99990000000001');
    expect(organisationOf(signer.subject)).toBe('11999900MB0000001K样本局');
    expect(commonNameOf(signer.issuer)).toBe(`样本签发证书 ${family}`);
    expect(signer.subject.attributes.map(({ oid }) => oid)).toEqual(['2.5.4.6', '2.5.4.10', '2.5.4.11', '2.5.4.3']);
    expect(signer.notBefore.toISOString()).toBe('2025-01-01T00:00:00.000Z');
    expect(signer.notAfter.toISOString()).toBe('2035-01-01T00:00:00.000Z');
    expect([...signer.keyUsage!]).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(signer.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.4', '1.3.6.1.4.1.311.10.3.12']);
    expect(signer.basicConstraints).toEqual({ ca: false });
    expect(signer.policies).toEqual(['2.25.1', '2.25.2']);
    expect(signer.crlUrls).toEqual(['http://crl.example.test/a.crl', 'ldap://crl.example.test/b']);
    expect(toHex(signer.authorityKeyId!)).toBe(toHex(certificate(`${family}-authority`).subjectKeyId!));
    expect(signer.suite?.id).toBe(
      { rsa: 'RSA-PKCS1-SHA256', pss: 'RSA-PSS-SHA256', p256: 'ECDSA-P256-SHA256', sm2: 'SM2-SM3' }[family],
    );
  });

  it('reads an authority with its path length and a root that lives beyond 2049', () => {
    expect(certificate('sm2-authority').basicConstraints).toEqual({ ca: true, pathLength: 0 });
    expect(certificate('sm2-root').notAfter.toISOString()).toBe('2055-01-01T00:00:00.000Z');
  });

  it.each(['rsa', 'p256'])('agrees with @peculiar/x509 (%s)', (family) => {
    for (const entity of ['root', 'authority', 'signer', 'revoked']) {
      const ours = certificate(`${family}-${entity}`);
      const theirs = new X509Certificate(Uint8Array.from(ours.der));
      expect(ours.serial).toBe(BigInt(`0x${theirs.serialNumber}`));
      expect(ours.notBefore).toEqual(theirs.notBefore);
      expect(ours.notAfter).toEqual(theirs.notAfter);
      expect(commonNameOf(ours.subject)).toBe(theirs.subjectName.getField('CN')[0]);
      expect(toHex(ours.spki)).toBe(toHex(new Uint8Array(theirs.publicKey.rawData)));
      expect(toHex(ours.signature)).toBe(toHex(new Uint8Array(theirs.signature)));
      expect(ours.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
        theirs.extensions.map(({ type, critical }) => [type, critical]),
      );
    }
  });

  it('names a certificate by the SHA-256 of its bytes', async () => {
    const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(fixture('rsa-signer')));
    expect(certificate('rsa-signer').id).toBe(toHex(new Uint8Array(digest)));
  });

  it('leaves the suite undefined for an algorithm that the table lacks', () => {
    const dsa = der.sequence(der.oid('1.2.840.10040.4.3'));
    expect(forged.forge({ inner: dsa }).suite).toBeUndefined();
  });

  it('reads certificates of versions 1 and 2', () => {
    expect(forged.forge({ version: [] }).version).toBe(1);
    const two = forged.forge({
      version: [der.explicit(0, der.integer(1))],
      optional: [tlv(0x81, Uint8Array.of(0, 1))],
    });
    expect(two.version).toBe(2);
    expect(two.extensions).toEqual([]);
  });

  it('accepts `critical FALSE` written out and extensions that it does not know', () => {
    const extension = der.sequence(der.oid('2.25.9'), der.boolean(false), der.octetString(Uint8Array.of(1)));
    expect(forged.forge({ extensions: [extension] }).extensions).toEqual([
      { oid: '2.25.9', critical: false, value: Uint8Array.of(1) },
    ]);
  });

  it('passes over key usage bits without a name, key identifiers without a value and points without a URI', () => {
    const read = forged.forge({
      extensions: [
        forged.extension('2.5.29.15', forged.namedBits(0, 12)),
        forged.extension('2.5.29.35', der.sequence()),
        forged.extension(
          '2.5.29.31',
          der.sequence(
            der.sequence(),
            der.sequence(der.explicit(0, der.implicit(1, new Uint8Array(0), true))),
            der.sequence(der.explicit(0, der.implicit(0, der.implicit(2, new Uint8Array(0), false), true))),
          ),
        ),
        forged.extension('2.5.29.19', der.sequence()),
      ],
    });
    expect([...read.keyUsage!]).toEqual(['digitalSignature']);
    expect(read.authorityKeyId).toBeUndefined();
    expect(read.crlUrls).toEqual([]);
    expect(read.basicConstraints).toEqual({ ca: false });
  });

  const twenty = new Uint8Array(20).fill(0xff);
  it('accepts a serial number of 20 octets', () => {
    expect(forged.forge({ serial: der.unsigned(twenty) }).serial).toBe(BigInt(`0x${'ff'.repeat(20)}`));
  });

  const twice = forged.extension('2.25.9', der.null());
  it.each<[string, forged.Forged]>([
    ['a negative serial number', { serial: der.integer(-5) }],
    ['serial number zero', { serial: der.integer(0) }],
    ['a serial number of 21 octets', { serial: tlv(2, new Uint8Array(21).fill(1)) }],
    ['a serial number of 22 octets', { serial: tlv(2, new Uint8Array(22)) }],
    ['a padded serial number', { serial: tlv(2, Uint8Array.of(0, 1)) }],
    ['two different signature algorithms', { outer: der.sequence(der.oid('1.2.840.10045.4.3.3')) }],
    ['algorithms that differ in parameters', { outer: der.sequence(der.oid('1.2.840.10045.4.3.2'), der.null()) }],
    ['an algorithm of great length', { inner: der.sequence(der.oid('1.2.3'), der.octetString(new Uint8Array(600))) }],
    ['an extension that stands twice', { extensions: [twice, twice] }],
    ['an empty list of extensions', { optional: [der.explicit(3, der.sequence())] }],
    ['an extension without a value', { extensions: [der.sequence(der.oid('2.25.9'))] }],
    [
      'an extension with too many fields',
      { extensions: [der.sequence(der.oid('2.25.9'), der.octetString(twenty), der.null())] },
    ],
    ['an explicit tag around nothing', { optional: [der.explicit(3, new Uint8Array(0))] }],
    ['extensions in version 1', { version: [], extensions: [twice] }],
    ['extensions in version 2', { version: [der.explicit(0, der.integer(1))], extensions: [twice] }],
    ['version 1 written out', { version: [der.explicit(0, der.integer(0))] }],
    ['version 4', { version: [der.explicit(0, der.integer(3))] }],
    ['a version of great length', { version: [der.explicit(0, tlv(2, new Uint8Array(9).fill(1)))] }],
    ['fields in the wrong order', { optional: [tlv(0x82, Uint8Array.of(0)), tlv(0x81, Uint8Array.of(0))] }],
    ['a field of no known tag', { optional: [der.null()] }],
    ['a tag above the known ones', { optional: [tlv(0xa4, new Uint8Array(0))] }],
    ['a fourth field', { more: [der.null()] }],
    ['a third time', { validity: der.sequence(der.time(forged.FROM), der.time(forged.UNTIL), der.null()) }],
    [
      'a day that does not exist',
      { validity: der.sequence(tlv(0x17, der.utf8String('250231000000Z').subarray(2)), der.time(forged.UNTIL)) },
    ],
    ['a key without bits', { spki: der.sequence(der.sequence(der.oid('1.2.3'))) }],
    [
      'a key with a third field',
      { spki: der.sequence(der.sequence(der.oid('1.2.3')), der.bitString(twenty), der.null()) },
    ],
    ['a key usage of great length', { extensions: [forged.extension('2.5.29.15', tlv(3, new Uint8Array(100)))] }],
    ['a key usage that is no bit string', { extensions: [forged.extension('2.5.29.15', der.null())] }],
    [
      'basic constraints with a third field',
      { extensions: [forged.extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(0), der.null()))] },
    ],
    [
      'a negative path length',
      { extensions: [forged.extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(-1)))] },
    ],
    ['a signature that is no bit string', { signature: der.null() }],
  ])('refuses %s', (_, parts) => {
    expect(refused(forged.certificateDer(parts))).toBe(true);
  });

  it('refuses bytes behind the certificate and lengths that are not DER', () => {
    const good = forged.certificateDer();
    expect(refused(good)).toBe(false);
    expect(refused(Uint8Array.of(...good, 0))).toBe(true);
    expect(refused(Uint8Array.of(0x30, 0x80, ...good.subarray(3), 0, 0))).toBe(true);
    expect(refused(new Uint8Array(0))).toBe(true);
  });

  it('refuses a name with an attribute of three parts or of none', () => {
    const name = (...pair: Uint8Array[]) => {
      const bad = der.sequence(der.setOf(der.sequence(...pair)));
      return der.sequence(
        der.sequence(
          der.integer(1),
          forged.ECDSA,
          bad,
          der.sequence(der.time(forged.FROM), der.time(forged.UNTIL)),
          bad,
          forged.SPKI,
        ),
        forged.ECDSA,
        der.bitString(twenty),
      );
    };
    expect(refused(name(der.oid('2.5.4.3'), der.utf8String('a')))).toBe(false);
    expect(refused(name(der.oid('2.5.4.3')))).toBe(true);
    expect(refused(name(der.oid('2.5.4.3'), der.utf8String('a'), der.null()))).toBe(true);
  });

  it('tells a certificate from a caller who made a mistake', () => {
    expect(() => readCertificate(undefined as unknown as Uint8Array)).toThrow(TypeError);
  });
});

describe('names', () => {
  const subject = (...pairs: [string, Uint8Array][][]) => {
    const rdns = pairs.map((rdn) => der.setOf(...rdn.map(([oid, value]) => der.sequence(der.oid(oid), value))));
    const name = der.sequence(...rdns);
    const tbs = der.sequence(
      der.integer(1),
      forged.ECDSA,
      name,
      der.sequence(der.time(forged.FROM), der.time(forged.UNTIL)),
      name,
      forged.SPKI,
    );
    return readCertificate(der.sequence(tbs, forged.ECDSA, der.bitString(new Uint8Array(1)))).subject;
  };
  const CN = '2.5.4.3';
  const O = '2.5.4.10';

  it('match whatever their string type, case and blanks (RFC 5280 7.1)', () => {
    const a = subject([[CN, der.printableString(' Sample  CA ')]]);
    const b = subject([[CN, der.utf8String('sample ca')]]);
    expect(equalBytes(a.der, b.der)).toBe(false);
    expect(sameName(a, b)).toBe(true);
    expect(commonNameOf(a)).toBe(' Sample  CA ');
  });

  it('match when one RDN holds the same attributes, but not when they stand in two RDNs', () => {
    const one: [string, Uint8Array] = [CN, der.utf8String('a')];
    const two: [string, Uint8Array] = [O, der.utf8String('b')];
    expect(sameName(subject([one, two]), subject([two, one]))).toBe(true);
    expect(sameName(subject([one, two]), subject([one], [two]))).toBe(false);
    expect(sameName(subject([one], [two]), subject([two], [one]))).toBe(false);
  });

  it('do not match when a value only looks like a separator', () => {
    expect(
      sameName(
        subject([[CN, der.utf8String('a+2.5.4.3')]]),
        subject([
          [CN, der.utf8String('a')],
          [CN, der.utf8String('')],
        ]),
      ),
    ).toBe(false);
  });

  it('keep mis-encoded text as hex and do not mistake other text for it', () => {
    const broken = subject([[CN, tlv(0x0c, Uint8Array.of(0xff, 0xfe))]]);
    expect(commonNameOf(broken)).toBe('#0c02fffe');
    expect(sameName(broken, subject([[CN, der.utf8String('#0c02fffe')]]))).toBe(false);
    expect(commonNameOf(subject([[CN, der.integer(7)]]))).toBe('#020107');
  });

  it('give the last common name, and nothing where there is none', () => {
    expect(commonNameOf(subject([[CN, der.utf8String('wide')]], [[CN, der.utf8String('narrow')]]))).toBe('narrow');
    expect(organisationOf(subject([[CN, der.utf8String('a')]]))).toBeUndefined();
  });
});

describe('publicKeyOf', () => {
  it('tells the length of an RSA key and the curve of an elliptic one', () => {
    expect(publicKeyOf(certificate('rsa-signer'))).toEqual({ kind: 'rsa', bits: 2048 });
    expect(publicKeyOf(certificate('p256-signer'))).toEqual({ kind: 'ec', curve: '1.2.840.10045.3.1.7' });
    expect(publicKeyOf(certificate('sm2-signer'))).toEqual({ kind: 'ec', curve: '1.2.156.10197.1.301' });
  });

  const withKey = (algorithm: Uint8Array, bits: Uint8Array) =>
    forged.forge({ spki: der.sequence(algorithm, der.bitString(bits)) });
  const rsa = der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null());

  it('counts bits, not octets', () => {
    expect(publicKeyOf(withKey(rsa, der.sequence(der.integer(0x1ff), der.integer(3))))).toEqual({
      kind: 'rsa',
      bits: 9,
    });
    expect(publicKeyOf(withKey(rsa, der.sequence(der.integer(0))))).toEqual({ kind: 'rsa', bits: 0 });
    expect(publicKeyOf(withKey(rsa, der.sequence()))).toEqual({ kind: 'rsa', bits: 0 });
  });

  it('calls a key with curve parameters written out, or of another kind, `other`', () => {
    const explicit = der.sequence(der.oid('1.2.840.10045.2.1'), der.sequence(der.integer(1)));
    expect(publicKeyOf(withKey(explicit, new Uint8Array(65)))).toEqual({
      kind: 'other',
      algorithm: '1.2.840.10045.2.1',
    });
    expect(publicKeyOf(withKey(der.sequence(der.oid('1.3.101.112')), new Uint8Array(32)))).toEqual({
      kind: 'other',
      algorithm: '1.3.101.112',
    });
  });

  it('refuses an RSA key that is none', () => {
    expect(() => publicKeyOf(withKey(rsa, new Uint8Array(3)))).toThrow(PkiError);
  });
});
