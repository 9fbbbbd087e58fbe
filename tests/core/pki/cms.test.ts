import { describe, expect, it } from '@jest/globals';
import * as pkijs from 'pkijs';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import { concat, der, tlv, toHex, utf8 } from '../../../src/core/encoding/index.js';
import {
  ATTRIBUTE_OIDS,
  CMS_OIDS,
  PkiError,
  attributeOf,
  certificateOfSigner,
  claimedSigningTimeOf,
  contentTypeOf,
  isReferenceTo,
  messageDigestOf,
  readSignedData,
  readsAsAttributes,
  signedAttributes,
  signedData,
  signingCertificateOf,
} from '../../../src/core/pki/index.js';
import { hash } from '#primitives';
import { certificate, fixture } from './fixtures/fixture.js';

const CONTENT = utf8('content\n');
const DIGEST = hash('sha256', CONTENT);
const signer = certificate('p256-signer');
const data = der.oid(CMS_OIDS.data);
const sha256 = suiteById('ECDSA-P256-SHA256').digestAlgorithm;
const ecdsa = suiteById('ECDSA-P256-SHA256').signatureAlgorithm;
const attribute = (oid: string, ...values: Uint8Array[]) => der.sequence(der.oid(oid), der.setOf(...values));
const contentType = attribute(ATTRIBUTE_OIDS.contentType, data);
const messageDigest = attribute(ATTRIBUTE_OIDS.messageDigest, der.octetString(DIGEST));
const set = (...attributes: Uint8Array[]) => tlv(0xa0, concat(attributes));
const sid = der.sequence(signer.issuer.der, der.integer(signer.serial));

interface Parts {
  outer?: string;
  version?: Uint8Array;
  inner?: Uint8Array;
  certificates?: Uint8Array[];
  lists?: Uint8Array[];
  sid?: Uint8Array;
  signed?: Uint8Array[];
  algorithm?: Uint8Array;
  digest?: Uint8Array;
  signature?: Uint8Array;
  unsigned?: Uint8Array[];
  signers?: Uint8Array[];
  more?: Uint8Array[];
  wrapped?: (inner: Uint8Array) => Uint8Array;
}

function cms(parts: Parts = {}): Uint8Array {
  const info = der.sequence(
    der.integer(1),
    parts.sid ?? sid,
    parts.digest ?? sha256,
    ...(parts.signed ?? [set(contentType, messageDigest)]),
    parts.algorithm ?? ecdsa,
    parts.signature ?? der.octetString(Uint8Array.of(1)),
    ...(parts.unsigned ?? []),
  );
  const inner = der.sequence(
    parts.version ?? der.integer(1),
    der.setOf(sha256),
    parts.inner ?? der.sequence(data),
    ...(parts.certificates ?? [tlv(0xa0, signer.der)]),
    ...(parts.lists ?? []),
    tlv(0x31, concat(parts.signers ?? [info])),
    ...(parts.more ?? []),
  );
  return der.sequence(
    der.oid(parts.outer ?? CMS_OIDS.signedData),
    (parts.wrapped ?? ((one) => der.explicit(0, one)))(inner),
  );
}
const first = (parts: Parts, ber = false) => readSignedData(cms(parts), { ber }).signers[0]!;

describe('readSignedData', () => {
  it.each(['rsa', 'pss', 'p256'])('reads what OpenSSL signed, and its signature is right (%s)', async (family) => {
    const read = readSignedData(fixture(`${family}-cms-detached`));
    expect([read.outerType, read.contentType, read.content, read.ber, read.trailing]).toEqual([
      CMS_OIDS.signedData,
      CMS_OIDS.data,
      undefined,
      false,
      0,
    ]);
    expect(read.certificates.map(({ id }) => id).sort()).toEqual(
      [certificate(`${family}-signer`).id, certificate(`${family}-authority`).id].sort(),
    );
    const [info] = read.signers;
    const found = certificateOfSigner(read, info!)!;
    expect(found.id).toBe(certificate(`${family}-signer`).id);
    expect(info!.suite?.id).toBe(certificate(`${family}-signer`).suite?.id);
    expect(info!.signedAttributesAreDer).toBe(true);
    expect(contentTypeOf(info!)).toEqual({ found: 'once', value: CMS_OIDS.data });
    expect(messageDigestOf(info!)).toEqual({ found: 'once', value: DIGEST });
    expect(claimedSigningTimeOf(info!).found).toBe('once');
    const reference = signingCertificateOf(info!);
    expect(reference.found === 'once' && reference.value.version).toBe(2);
    expect(reference.found === 'once' && isReferenceTo(reference.value, found)).toBe(true);
    const { suite, signature, signedBytes } = info!;
    expect(await checkSuiteSignature({ suite: suite!, spki: found.spki, message: signedBytes!, signature })).toBe(true);
  });

  it('reads a signer named by key identifier, with the content inside', () => {
    const read = readSignedData(fixture('rsa-cms-attached'));
    expect(read.content).toEqual(CONTENT);
    expect([read.signers[0]!.version, read.signers[0]!.issuerAndSerial]).toEqual([3, undefined]);
    expect(certificateOfSigner(read, read.signers[0]!)?.id).toBe(certificate('rsa-signer').id);
  });

  it('reads BER with the content in pieces when it is allowed to, and says so', async () => {
    expect(() => readSignedData(fixture('rsa-cms-stream'))).toThrow(PkiError);
    const read = readSignedData(fixture('rsa-cms-stream'), { ber: true });
    expect([read.ber, read.content]).toEqual([true, CONTENT]);
    const { suite, signature, signedBytes, signedAttributesAreDer } = read.signers[0]!;
    expect(signedAttributesAreDer).toBe(true);
    const { spki } = certificate('rsa-signer');
    expect(await checkSuiteSignature({ suite: suite!, spki, message: signedBytes!, signature })).toBe(true);
  });

  it('shows that signed attributes are missing', () => {
    const [info] = readSignedData(fixture('rsa-cms-no-attributes')).signers;
    expect([info!.signedAttributes, info!.signedBytes, info!.signedAttributesAreDer]).toEqual([
      undefined,
      undefined,
      true,
    ]);
    expect(messageDigestOf(info!)).toEqual({ found: 'absent' });
  });

  it('reads the object identifiers of GB/T 35275 and those that Chinese tools write for SM2', () => {
    const sm3 = suiteById('SM2-SM3').digestAlgorithm;
    const read = readSignedData(
      cms({
        outer: CMS_OIDS.gmSignedData,
        inner: der.sequence(der.oid(CMS_OIDS.gmData), der.explicit(0, der.octetString(CONTENT))),
        digest: sm3,
        algorithm: der.sequence(der.oid('1.2.156.10197.1.301.1'), der.null()),
      }),
    );
    expect([read.outerType, read.contentType, read.content]).toEqual([CMS_OIDS.gmSignedData, CMS_OIDS.gmData, CONTENT]);
    expect(read.signers[0]!.suite?.id).toBe('SM2-SM3');
  });

  it('passes over zero padding and counts other bytes behind', () => {
    const trailing = (...behind: number[]) => readSignedData(Uint8Array.of(...cms(), ...behind)).trailing;
    expect([trailing(), trailing(0, 0, 0), trailing(7), trailing(0, 0, 7, 0)]).toEqual([0, 0, 1, 3]);
  });

  it('passes over revocation lists and certificates of other kinds', () => {
    const read = readSignedData(
      cms({
        certificates: [tlv(0xa0, concat([signer.der, tlv(0xa1, der.null())]))],
        lists: [tlv(0xa1, der.sequence())],
      }),
    );
    expect(read.certificates).toHaveLength(1);
    expect(readSignedData(cms({ certificates: [] })).certificates).toEqual([]);
    expect(readSignedData(cms({ signers: [] })).signers).toEqual([]);
  });

  it('finds no certificate for a signer whose own is not inside', () => {
    const read = readSignedData(cms({ sid: der.sequence(signer.issuer.der, der.integer(1)) }));
    expect(certificateOfSigner(read, read.signers[0]!)).toBeUndefined();
    const otherIssuer = readSignedData(cms({ sid: der.sequence(signer.subject.der, der.integer(signer.serial)) }));
    expect(certificateOfSigner(otherIssuer, otherIssuer.signers[0]!)).toBeUndefined();
    const byKey = readSignedData(cms({ sid: tlv(0x80, Uint8Array.of(1, 2)) }));
    expect(certificateOfSigner(byKey, byKey.signers[0]!)).toBeUndefined();
  });

  it('sees attributes that are not in DER order and gives the DER to check', () => {
    const [inOrder, swapped] = [
      first({ signed: [set(contentType, messageDigest)] }),
      first({ signed: [set(messageDigest, contentType)] }),
    ];
    expect([inOrder.signedAttributesAreDer, swapped.signedAttributesAreDer]).toEqual([true, false]);
    expect(toHex(swapped.signedBytes!)).toBe(toHex(inOrder.signedBytes!));
    expect(toHex(inOrder.signedBytes!)).toBe(toHex(der.setOf(messageDigest, contentType)));
    const values = (...order: Uint8Array[]) => set(der.sequence(der.oid('2.25.9'), tlv(0x31, concat(order))));
    expect(first({ signed: [values(der.integer(1), der.integer(2))] }).signedAttributesAreDer).toBe(true);
    expect(first({ signed: [values(der.integer(2), der.integer(1))] }).signedAttributesAreDer).toBe(false);
  });

  it('turns BER inside the attributes into DER, piecewise strings too', () => {
    const loose = (tag: number, contents: Uint8Array) =>
      concat([Uint8Array.of(tag, 0x80), contents, Uint8Array.of(0, 0)]);
    const pieces = loose(
      0x24,
      concat([der.octetString(DIGEST.subarray(0, 5)), Uint8Array.of(4, 0x81, 27), DIGEST.subarray(5)]),
    );
    const long = concat([Uint8Array.of(0x06, 0x81, 9), der.oid(ATTRIBUTE_OIDS.messageDigest).subarray(2)]);
    const info = first(
      { signed: [loose(0xa0, concat([contentType, loose(0x30, concat([long, loose(0x31, pieces)]))]))] },
      true,
    );
    expect(info.signedAttributesAreDer).toBe(false);
    expect(toHex(info.signedBytes!)).toBe(toHex(der.setOf(contentType, messageDigest)));
    expect(messageDigestOf(info)).toEqual({ found: 'once', value: DIGEST });
    const nested = set(attribute('2.25.9', loose(0x30, der.null())));
    expect(first({ signed: [nested] }, true).signedAttributes![0]!.values).toEqual([der.sequence(der.null())]);
    const longTag = loose(0x31, concat([Uint8Array.of(0x3f, 0x81, 1, 0x80, 0, 0)]));
    expect(() => first({ signed: [set(loose(0x30, concat([der.oid('2.25.9'), longTag])))] }, true)).toThrow(PkiError);
  });

  it('wants DER certificates even where the rest may be BER', () => {
    const loose = concat([Uint8Array.of(0x30, 0x80), signer.der.subarray(4), Uint8Array.of(0, 0)]);
    const inside = cms({ certificates: [tlv(0xa0, loose)] });
    expect(() => readSignedData(inside, { ber: true })).toThrow(/^malformed certificate: not DER/);
  });

  it('keeps unsigned attributes apart', () => {
    const info = first({ unsigned: [tlv(0xa1, attribute('2.25.9', der.null()))] });
    expect(info.unsignedAttributes).toEqual([{ oid: '2.25.9', values: [der.null()] }]);
    expect(attributeOf(info, '2.25.9')).toEqual({ found: 'absent' });
  });

  it('gives no suite where digest and signature algorithm do not make one', () => {
    expect(first({ algorithm: der.sequence(der.oid('1.2.3')) }).suite).toBeUndefined();
    expect(first({ algorithm: der.sequence(der.oid('1.2.156.10197.1.301.1')) }).suite).toBeUndefined();
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a certificate', signer.der],
    ['another content type', cms({ outer: CMS_OIDS.data })],
    ['content that is not tagged', cms({ wrapped: (inner) => inner })],
    ['two contents', cms({ wrapped: (inner) => tlv(0xa0, concat([inner, der.null()])) })],
    ['a field behind the content', cms({ wrapped: (inner) => concat([tlv(0xa0, inner), tlv(0, new Uint8Array(0))]) })],
    [
      'a field behind the encapsulated content',
      cms({ inner: der.sequence(data, der.explicit(0, der.octetString(CONTENT)), der.null()) }),
    ],
    ['a version of great length', cms({ version: tlv(2, new Uint8Array(60).fill(1)) })],
    ['content that is no OCTET STRING', cms({ inner: der.sequence(data, der.explicit(0, der.null())) })],
    ['content in pieces', cms({ inner: der.sequence(data, der.explicit(0, tlv(0x24, der.octetString(CONTENT)))) })],
    ['a malformed certificate', cms({ certificates: [tlv(0xa0, der.sequence())] })],
    ['fields behind the signers', cms({ more: [der.null()] })],
    ['too many signers', cms({ signers: Array.from({ length: 65 }, () => der.null()) })],
    ['fields behind the signature', cms({ unsigned: [der.null()] })],
    [
      'two sets of unsigned attributes',
      cms({ unsigned: [tlv(0xa1, new Uint8Array(0)), tlv(0xa1, new Uint8Array(0))] }),
    ],
    [
      'an algorithm of great length',
      cms({ algorithm: der.sequence(der.oid('1.2.3'), der.octetString(new Uint8Array(600))) }),
    ],
    ['a signature that is missing', cms({ signature: new Uint8Array(0) })],
    ['a signer without a name', cms({ sid: der.sequence(der.integer(1), der.integer(1)) })],
    ['a signer with a third part', cms({ sid: der.sequence(signer.issuer.der, der.integer(1), der.null()) })],
    ['an attribute without values', cms({ signed: [set(der.sequence(der.oid('2.25.9')))] })],
    ['an attribute without a type', cms({ signed: [set(der.sequence())] })],
    [
      'an attribute with a third part',
      cms({ signed: [set(der.sequence(der.oid('2.25.9'), der.setOf(), der.null()))] }),
    ],
    ['too many attributes', cms({ signed: [tlv(0xa0, concat(Array.from({ length: 257 }, () => contentType)))] })],
  ])('refuses %s', (_, bytes) => {
    expect(() => readSignedData(bytes)).toThrow(PkiError);
  });
});

describe('attributes that must stand exactly once', () => {
  it('are told apart: absent, repeated, malformed', () => {
    expect(messageDigestOf(first({ signed: [set(contentType)] }))).toEqual({ found: 'absent' });
    expect(messageDigestOf(first({ signed: [set(messageDigest, messageDigest)] }))).toEqual({ found: 'repeated' });
    const two = attribute(ATTRIBUTE_OIDS.messageDigest, der.octetString(DIGEST), der.octetString(CONTENT));
    expect(messageDigestOf(first({ signed: [set(two)] }))).toEqual({ found: 'repeated' });
    expect(messageDigestOf(first({ signed: [set(attribute(ATTRIBUTE_OIDS.messageDigest))] }))).toEqual({
      found: 'malformed',
    });
    expect(messageDigestOf(first({ signed: [set(attribute(ATTRIBUTE_OIDS.messageDigest, der.null()))] }))).toEqual({
      found: 'malformed',
    });
    expect(
      claimedSigningTimeOf(
        first({ signed: [set(attribute(ATTRIBUTE_OIDS.signingTime, tlv(0x17, utf8('2501010000Z'))))] }),
      ),
    ).toEqual({ found: 'malformed' });
  });

  it('never hide a mistake of the caller', () => {
    const broken = {
      ...first({}),
      signedAttributes: [{ oid: ATTRIBUTE_OIDS.messageDigest, values: [null as unknown as Uint8Array] }],
    };
    expect(() => messageDigestOf(broken)).toThrow(TypeError);
  });
});

describe('signingCertificateOf', () => {
  const v2 = (...id: Uint8Array[]) =>
    attribute(ATTRIBUTE_OIDS.signingCertificateV2, der.sequence(der.sequence(der.sequence(...id))));
  const v1 = (...id: Uint8Array[]) =>
    attribute(ATTRIBUTE_OIDS.signingCertificate, der.sequence(der.sequence(der.sequence(...id))));
  const reading = (...signed: Uint8Array[]) => signingCertificateOf(first({ signed: [set(...signed)] }));
  const means = (...signed: Uint8Array[]) => {
    const read = reading(...signed);
    return read.found === 'once' ? isReferenceTo(read.value, signer) : read.found;
  };
  const hashed = (name: 'sha1' | 'sha256' | 'sm3') => der.octetString(hash(name, signer.der));
  const named = (issuer: Uint8Array, serial: bigint) =>
    der.sequence(der.sequence(der.explicit(4, issuer)), der.integer(serial));

  it('reads both versions and prefers the second', () => {
    expect(reading(v1(hashed('sha1')))).toMatchObject({
      found: 'once',
      value: { version: 1, digestAlgorithm: '1.3.14.3.2.26' },
    });
    expect(reading(v1(hashed('sha1')), v2(hashed('sha256')))).toMatchObject({ value: { version: 2 } });
    expect(reading(v1(hashed('sha1')), v2(der.null()))).toEqual({ found: 'malformed' });
    expect(reading(contentType)).toEqual({ found: 'absent' });
  });

  it('compares hash, issuer and serial number', () => {
    expect(means(v1(hashed('sha1')))).toBe(true);
    expect(means(v2(hashed('sha256')))).toBe(true);
    expect(
      means(v2(suiteById('SM2-SM3').digestAlgorithm, hashed('sm3'), named(signer.issuer.der, signer.serial))),
    ).toBe(true);
    expect(means(v2(hashed('sm3')))).toBe(false);
    expect(means(v2(der.sequence(der.oid('1.2.3')), hashed('sm3')))).toBe(false);
    expect(means(v2(hashed('sha256'), named(signer.issuer.der, 1n)))).toBe(false);
    expect(means(v2(hashed('sha256'), named(signer.subject.der, signer.serial)))).toBe(false);
    const otherKind = der.sequence(der.sequence(tlv(0x82, utf8('a.test'))), der.integer(signer.serial));
    expect(means(v2(hashed('sha256'), otherKind))).toBe(false);
  });
});

describe('readsAsAttributes', () => {
  it('knows content that could be passed off as attributes', () => {
    expect(readsAsAttributes(der.setOf(contentType, messageDigest))).toBe(true);
    expect(readsAsAttributes(CONTENT)).toBe(false);
    expect(readsAsAttributes(der.setOf())).toBe(false);
    expect(readsAsAttributes(der.setOf(der.null()))).toBe(false);
  });
});

describe('signedAttributes and signedData', () => {
  const extra = [{ oid: '2.25.9', values: [der.utf8String('bound')] }];

  it.each([
    ['rsa', 'RSA-PKCS1-SHA256'],
    ['pss', 'RSA-PSS-SHA256'],
    ['p256', 'ECDSA-P256-SHA256'],
    ['sm2', 'SM2-SM3'],
    ['rsa', 'RSA-PKCS1-SHA512'],
  ] as const)('write what the reader reads (%s, %s)', (family, id) => {
    const suite = suiteById(id);
    const own = certificate(`${family}-signer`);
    const digest = hash(suite.hash, CONTENT);
    const attributes = signedAttributes({ messageDigest: digest, signingCertificate: own, suite, extra });
    const certificates = [own.der, certificate(`${family}-authority`).der];
    const bytes = signedData({ suite, signedAttributes: attributes, signature: Uint8Array.of(1, 2), certificates });
    const read = readSignedData(bytes);
    const [info] = read.signers;
    expect([read.outerType, read.contentType, read.content, read.trailing]).toEqual([
      CMS_OIDS.signedData,
      CMS_OIDS.data,
      undefined,
      0,
    ]);
    expect([info!.version, info!.suite?.id, info!.digestAlgorithm]).toEqual([1, id, suite.digestOid]);
    expect(toHex(info!.signedBytes!)).toBe(toHex(attributes));
    expect(info!.signedAttributesAreDer).toBe(true);
    expect(certificateOfSigner(read, info!)?.id).toBe(own.id);
    expect(contentTypeOf(info!)).toEqual({ found: 'once', value: CMS_OIDS.data });
    expect(messageDigestOf(info!)).toEqual({ found: 'once', value: digest });
    expect(attributeOf(info!, '2.25.9')).toEqual({ found: 'once', value: der.utf8String('bound') });
    expect(claimedSigningTimeOf(info!)).toEqual({ found: 'absent' });
    const reference = signingCertificateOf(info!);
    expect(reference).toMatchObject({ found: 'once', value: { version: 2, digestAlgorithm: suite.digestOid } });
    expect(reference.found === 'once' && isReferenceTo(reference.value, own)).toBe(true);
  });

  it('are read alike by pkijs', () => {
    const suite = suiteById('ECDSA-P256-SHA256');
    const attributes = signedAttributes({ messageDigest: DIGEST, signingCertificate: signer, suite, extra });
    const bytes = signedData({
      suite,
      signedAttributes: attributes,
      signature: Uint8Array.of(1, 2),
      certificates: [signer.der],
    });
    const theirs = new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(Uint8Array.from(bytes)).content as never });
    const [info] = theirs.signerInfos;
    expect([theirs.version, info!.version, theirs.encapContentInfo.eContentType]).toEqual([1, 1, CMS_OIDS.data]);
    expect(info!.signedAttrs!.attributes.map(({ type }) => type)).toEqual(
      readSignedData(bytes).signers[0]!.signedAttributes!.map(({ oid }) => oid),
    );
    expect([info!.digestAlgorithm.algorithmId, info!.signatureAlgorithm.algorithmId]).toEqual([
      suite.digestOid,
      suite.signatureOid,
    ]);
    expect((theirs.certificates![0] as pkijs.Certificate).serialNumber.toBigInt()).toBe(signer.serial);
  });

  it('write SHA-256 as the default it is, and other hashes by name', () => {
    const value = (id: 'ECDSA-P256-SHA256' | 'SM2-SM3') => {
      const suite = suiteById(id);
      return toHex(signedAttributes({ messageDigest: DIGEST, signingCertificate: signer, suite }));
    };
    const oid = (id: 'ECDSA-P256-SHA256' | 'SM2-SM3') => toHex(suiteById(id).digestAlgorithm);
    expect(value('ECDSA-P256-SHA256')).not.toContain(oid('ECDSA-P256-SHA256'));
    expect(value('SM2-SM3')).toContain(oid('SM2-SM3'));
  });

  it('take another content type, for which SignedData has version 3', () => {
    const suite = suiteById('SM2-SM3');
    const contentTypeOid = '1.2.840.113549.1.9.16.1.4';
    const attributes = signedAttributes({
      contentType: contentTypeOid,
      messageDigest: DIGEST,
      signingCertificate: signer,
      suite,
    });
    const bytes = signedData({
      suite,
      signedAttributes: attributes,
      signature: DIGEST,
      certificates: [signer.der],
      contentType: contentTypeOid,
    });
    const read = readSignedData(bytes);
    expect([read.contentType, contentTypeOf(read.signers[0]!)]).toEqual([
      contentTypeOid,
      { found: 'once', value: contentTypeOid },
    ]);
    expect(pkijs.ContentInfo.fromBER(Uint8Array.from(bytes)).content).toBeDefined();
    expect(
      new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(Uint8Array.from(bytes)).content as never }).version,
    ).toBe(3);
  });

  it('refuse to write without a certificate', () => {
    const suite = suiteById('SM2-SM3');
    expect(() => signedData({ suite, signedAttributes: der.setOf(), signature: DIGEST, certificates: [] })).toThrow(
      PkiError,
    );
  });
});
