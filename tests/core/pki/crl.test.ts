import { describe, expect, it } from '@jest/globals';
import { der, tlv, toHex } from '../../../src/core/encoding/index.js';
import { PkiError, commonNameOf, readCertificateList, verifyCertificateList } from '../../../src/core/pki/index.js';
import { FAMILIES, certificate, crl, fixture } from './fixtures/fixture.js';
import * as forged from './fixtures/forge.js';

describe('readCertificateList', () => {
  it.each(FAMILIES)('reads a list made by OpenSSL (%s)', (family) => {
    const list = crl(`${family}-authority-crl`);
    expect(commonNameOf(list.issuer)).toBe(`样本签发证书 ${family}`);
    expect(list.thisUpdate.toISOString()).toBe('2025-06-01T00:00:00.000Z');
    expect(list.nextUpdate?.toISOString()).toBe('2034-01-01T00:00:00.000Z');
    expect(list.number).toBe(7n);
    expect(list.entryExtensions).toEqual([]);
    expect(list.extensions.map(({ oid }) => oid)).toEqual(['2.5.29.35', '2.5.29.20']);
    const { serial } = certificate(`${family}-revoked`);
    expect([...list.revoked.values()]).toEqual([
      { serial, at: new Date('2025-03-01T00:00:00Z'), reason: 'keyCompromise' },
    ]);
    expect(list.suite?.id).toBe(certificate(`${family}-authority`).suite?.id);
    expect(list.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a list of version 1, without nextUpdate, entries and extensions', () => {
    const list = forged.forgeList({ version: [], nextUpdate: null });
    expect([list.nextUpdate, list.number, list.revoked.size, list.extensions.length]).toEqual([
      undefined,
      undefined,
      0,
      0,
    ]);
    expect(forged.forgeList({ inner: der.sequence(der.oid('1.2.3')) }).suite).toBeUndefined();
  });

  it('knows every reason code, keeps a revocation of unknown reason, and lets the first of two entries count', () => {
    const codes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99];
    const entries = codes.map((code) => forged.entry(100 + code, forged.FROM, forged.reason(code)));
    const list = forged.forgeList({
      entries: [...entries, forged.entry(100, forged.UNTIL), forged.entry(5, forged.FROM)],
    });
    expect(codes.map((code) => list.revoked.get(BigInt(100 + code))!.reason)).toEqual([
      'unspecified',
      'keyCompromise',
      'cACompromise',
      'affiliationChanged',
      'superseded',
      'cessationOfOperation',
      'certificateHold',
      undefined,
      'removeFromCRL',
      'privilegeWithdrawn',
      'aACompromise',
      undefined,
    ]);
    const long = forged.extension('2.5.29.21', tlv(10, Uint8Array.of(0, 1)));
    expect(forged.forgeList({ entries: [forged.entry(1, forged.FROM, long)] }).revoked.get(1n)!.reason).toBeUndefined();
    expect(list.revoked.get(100n)!.at).toEqual(forged.FROM);
    expect(list.revoked.get(5n)).toEqual({ serial: 5n, at: forged.FROM, reason: undefined });
  });

  it('names critical entry extensions that it does not understand', () => {
    const certificateIssuer = forged.extension('2.5.29.29', der.sequence(), true);
    const invalidityDate = forged.extension('2.5.29.24', der.generalizedTime(forged.FROM), true);
    const harmless = forged.extension('2.25.9', der.null());
    const list = forged.forgeList({
      entries: [forged.entry(1, forged.FROM, certificateIssuer, invalidityDate, harmless)],
    });
    expect(list.entryExtensions).toEqual(['2.5.29.29']);
  });

  it('reads ten thousand entries', () => {
    const entries = Array.from({ length: 10_000 }, (_, i) => forged.entry(i + 1, forged.FROM));
    expect(readCertificateList(forged.listDer({ entries })).revoked.size).toBe(10_000);
  });

  const empty = new Uint8Array(0);
  const tooMany = tlv(0x30, new Uint8Array(16 * 1024 * 1024 + 1));
  it.each<[string, Uint8Array]>([
    ['nothing', empty],
    ['bytes behind the list', Uint8Array.of(...forged.listDer(), 0)],
    ['an indefinite length', Uint8Array.of(0x30, 0x80, 0, 0)],
    ['a length that is not minimal', Uint8Array.of(0x30, 0x81, 0x01, 0)],
    ['a length that reaches past the end', Uint8Array.of(0x30, 5, 0)],
    ['a length of five octets', Uint8Array.of(0x30, 0x85, 1, 1, 1, 1, 1)],
    ['a length that is cut off', Uint8Array.of(0x30, 0x82, 1)],
    ['a long tag', der.sequence(Uint8Array.of(0x3f, 0x81, 1, 0))],
    ['a certificate', fixture('rsa-signer')],
    ['version 1 written out', forged.listDer({ version: [der.integer(0)] })],
    ['two different signature algorithms', forged.listDer({ outer: der.sequence(der.oid('1.2.3')) })],
    [
      'an algorithm of great length',
      forged.listDer({ inner: der.sequence(der.oid('1.2.3'), der.octetString(new Uint8Array(600))) }),
    ],
    ['extensions in version 1', forged.listDer({ version: [], extensions: [forged.extension('2.25.9', der.null())] })],
    ['an unknown field', forged.listDer({ more: [der.null()] })],
    [
      'a field behind the extensions',
      forged.listDer({ extensions: [forged.extension('2.25.9', der.null())], more: [der.null()] }),
    ],
    ['an empty list of extensions', forged.listDer({ extensions: [] })],
    [
      'more fields than there are',
      forged.listDer({ more: [der.null(), der.null(), der.null(), der.null(), der.null()] }),
    ],
    [
      'an entry of four fields',
      forged.listDer({ entries: [der.sequence(der.integer(1), der.time(forged.FROM), der.sequence(), der.null())] }),
    ],
    [
      'an entry with an empty list of extensions',
      forged.listDer({ entries: [der.sequence(der.integer(1), der.time(forged.FROM), der.sequence())] }),
    ],
    ['an entry that is no sequence', forged.listDer({ entries: [der.null()] })],
    [
      'more entries than can be',
      der.sequence(
        der.sequence(der.integer(1), forged.ECDSA, forged.nameDer('a'), der.time(forged.FROM), tooMany),
        forged.ECDSA,
      ),
    ],
    ['a list without anything', der.sequence()],
    ['a list whose first part is empty', der.sequence(der.sequence(), forged.ECDSA, der.bitString(empty))],
  ])('refuses %s', (_, bytes) => {
    expect(() => readCertificateList(bytes)).toThrow(/^malformed certificate revocation list/);
    expect(() => readCertificateList(bytes)).toThrow(PkiError);
  });
});

describe('verifyCertificateList', () => {
  it.each(FAMILIES)('accepts a list that its issuer signed and keeps the answer (%s)', async (family) => {
    const cache = new Map<string, boolean>();
    const input = { crl: crl(`${family}-authority-crl`), issuer: certificate(`${family}-authority`), cache };
    expect(await verifyCertificateList(input)).toEqual({ usable: true });
    expect([...cache]).toEqual([[`${input.issuer.id}:${input.crl.id}`, true]]);
    expect(await verifyCertificateList(input)).toEqual({ usable: true });
  });

  it('finds a changed list', async () => {
    const bytes = fixture('sm2-authority-crl');
    // The reason of the one entry, said to be a mere hold.
    const at = toHex(bytes).indexOf('0a0101') / 2 + 2;
    bytes[at] = 6;
    const input = { crl: readCertificateList(bytes), issuer: certificate('sm2-authority') };
    expect(await verifyCertificateList(input)).toEqual({ usable: false, why: 'bad-signature' });
  });

  const trusting = { get: () => true, set: () => undefined };
  const issuer = forged.forge({ subject: 'root', extensions: [forged.keyUsage(forged.KEY_USAGE.cRLSign)] });

  it.each<[string, string | undefined, forged.ForgedList]>([
    ['another issuer', 'issuer-name', { issuer: 'other' }],
    [
      'an unknown critical extension',
      'critical-extension',
      { extensions: [forged.extension('2.25.9', der.null(), true)] },
    ],
    [
      'an issuing distribution point, critical or not',
      'critical-extension',
      { extensions: [forged.extension('2.5.29.28', der.sequence())] },
    ],
    ['a delta list', 'critical-extension', { extensions: [forged.extension('2.5.29.27', der.integer(1), true)] }],
    [
      'an indirect entry',
      'critical-extension',
      { entries: [forged.entry(1, forged.FROM, forged.extension('2.5.29.29', der.sequence(), true))] },
    ],
    ['an algorithm that the table lacks', 'suite-unknown', { inner: der.sequence(der.oid('1.2.3')) }],
    ['a critical list number', undefined, { extensions: [forged.extension('2.5.29.20', der.integer(1), true)] }],
  ])('says of %s: %s', async (_, why, parts) => {
    const check = await verifyCertificateList({ crl: forged.forgeList(parts), issuer, cache: trusting });
    expect(check).toEqual(why === undefined ? { usable: true } : { usable: false, why });
  });

  it('refuses a list of an authority whose key may not sign lists', async () => {
    const mayNot = forged.forge({ subject: 'root', extensions: [forged.keyUsage(forged.KEY_USAGE.keyCertSign)] });
    expect(await verifyCertificateList({ crl: forged.forgeList(), issuer: mayNot, cache: trusting })).toEqual({
      usable: false,
      why: 'key-usage',
    });
    const silent = forged.forge({ subject: 'root' });
    expect(await verifyCertificateList({ crl: forged.forgeList(), issuer: silent, cache: trusting })).toEqual({
      usable: true,
    });
  });
});
