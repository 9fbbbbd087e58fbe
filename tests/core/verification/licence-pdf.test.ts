import { beforeAll, describe, expect, it } from '@jest/globals';
import { concat, fromLatin1, latin1 } from '../../../src/core/encoding/index.js';
import type { SuiteId } from '../../../src/core/crypto/index.js';
import { readCertificate, readCertificateList } from '../../../src/core/pki/index.js';
import type { Font } from '../../../src/core/renditions/index.js';
import {
  collectEvidence,
  emptyCache,
  establish,
  inspect,
  judge,
  needsOf,
  policyByName,
  readEvidence,
  writeEvidence,
} from '../../../src/core/verification/index.js';
import type { Gathered, VerificationReport } from '../../../src/core/verification/index.js';
import { testLog } from '../../support/journal-keys.js';
import { miniPki } from '../../support/mini-pki.js';
import type { MiniPki } from '../../support/mini-pki.js';
import { realFonts, residenceLicence, samplePdf } from '../../support/sample-pdf.js';
import { JUDGED_AT } from '../../support/sample-facts.js';
import { sampleSdJwt } from '../../support/sample-seal.js';

const strict = policyByName('strict');
let pki: MiniPki;
let pdf: Uint8Array;
let fonts: ReadonlyMap<string, Font>;

beforeAll(async () => {
  pki = miniPki('ECDSA-P256-SHA256');
  pdf = await samplePdf(pki);
  fonts = new Map([...(await realFonts()).values()].map((font) => [font.postScriptName, font]));
});

const world = (own: MiniPki): Gathered => ({
  at: JUDGED_AT,
  anchors: [readCertificate(own.root.der)],
  intermediates: [],
  crls: own.crls.map(readCertificateList),
  journals: [testLog],
  registry: { asked: false },
  fonts,
});

const report = async (bytes: Uint8Array, own = pki, cache = emptyCache()): Promise<VerificationReport> =>
  judge(await establish(collectEvidence(inspect(bytes), world(own)), cache), strict, JUDGED_AT);
const codes = (one: VerificationReport) => one.reasons.map(({ code }) => code);

describe('a licence as PDF', () => {
  it.each<SuiteId>(['SM2-SM3', 'ECDSA-P256-SHA256', 'RSA-PKCS1-SHA256'])(
    'is accepted, with face, glyphs and data compared: %s',
    async (id) => {
      const own = id === 'ECDSA-P256-SHA256' ? pki : miniPki(id);
      const result = await report(await samplePdf(own), own);
      expect(codes(result)).toEqual([]);
      expect(result).toMatchObject({
        verdict: 'accepted',
        file: { kind: 'pdf' },
        licence: { identifier: residenceLicence.identifier },
      });
      for (const check of [
        'face.data',
        'face.glyphs',
        'face.hidden',
        'data.commitment',
        'data.binding',
        'pdf.certification',
        'pdf.licence-name',
      ])
        expect(result.findings.find((one) => one.check === check)).toMatchObject({ result: 'passed' });
      expect(result.signatures.map(({ coversWholeDocument }) => coversWholeDocument)).toEqual([true, false]);
    },
  );

  it('gives the same report from evidence written down, without the file', async () => {
    const evidence = collectEvidence(inspect(pdf), world(pki));
    const again = await establish(readEvidence(writeEvidence(evidence)));
    expect(judge(again, strict, JUDGED_AT)).toEqual(await report(pdf));
  });

  it('asks the world for the lists of its issuers and for its licence, and for no address', () => {
    const needs = needsOf(inspect(pdf), [readCertificate(pki.root.der)]);
    expect(needs.licences).toEqual([residenceLicence.identifier]);
    expect(needs.issuers).toHaveLength(2);
    expect(needsOf(inspect(sampleSdJwt(pki))).licences).toHaveLength(1);
    expect(needsOf(inspect(latin1('hello')))).toEqual({ issuers: [], licences: [] });
  });

  it('that shows another name than its data is refused', async () => {
    const shown = { ...residenceLicence, items: { ...residenceLicence.items, name: '李四' } };
    expect(codes(await report(await samplePdf(pki, { shown })))).toEqual(['FACE_DIFFERS']);
  });

  it('that carries the data of another licence is refused', async () => {
    const data = { ...residenceLicence, version: '002' };
    expect(codes(await report(await samplePdf(pki, { data })))).toEqual(
      expect.arrayContaining(['DATA_OF_ANOTHER_LICENCE']),
    );
  });

  it('without pinned fonts the glyphs are not compared; with others they differ', async () => {
    const glyphs = async (pinned: Gathered['fonts']) => {
      const evidence = collectEvidence(inspect(pdf), { ...world(pki), fonts: pinned });
      return judge(await establish(evidence), strict, JUDGED_AT).findings.find(({ check }) => check === 'face.glyphs')!
        .result;
    };
    expect(await glyphs(undefined)).toBe('not-applicable');
    const [first, second] = [...fonts.values()];
    expect(
      await glyphs(new Map([...fonts.keys()].map((name) => [name, name === first!.postScriptName ? second! : first!]))),
    ).toBe('failed');
    expect(await glyphs(new Map([['Other', first!]]))).toBe('failed');
  });

  it('with a byte changed is never accepted, and a covered one is TOTAL_FAILED', async () => {
    const gap =
      fromLatin1(pdf).indexOf('/Contents <') >= 0
        ? fromLatin1(pdf).indexOf('/Contents <')
        : fromLatin1(pdf).indexOf('/Contents<');
    const from = pdf.indexOf(0x3c, gap);
    const to = pdf.indexOf(0x3e, from);
    const cache = emptyCache();
    for (let i = 0; i < pdf.length; i += 397) {
      const changed = pdf.slice();
      changed[i]! ^= 0x01;
      const result = await report(changed, pki, cache);
      expect([i, result.verdict === 'accepted']).toEqual([i, false]);
      if (i < from || i > to) expect([i, result.signatures[0]?.indication]).toEqual([i, 'TOTAL_FAILED']);
    }
  });

  it('with bytes added behind it, or an update that changes it, is refused', async () => {
    expect((await report(concat([pdf, latin1('\n%junk\n')]))).verdict).toBe('refused');
    const size = /\/Size (\d+)/.exec(fromLatin1(pdf));
    const start = fromLatin1(pdf).lastIndexOf('startxref');
    const previous = /startxref\s+(\d+)/.exec(fromLatin1(pdf.subarray(start)))![1];
    const body = `1 0 obj\n<</Type/Catalog>>\nendobj\n`;
    const xref = pdf.length + body.length;
    const update = `${body}xref\n1 1\n${String(pdf.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size ${size?.[1] ?? 50}/Root 1 0 R/Prev ${previous}>>\nstartxref\n${xref}\n%%EOF\n`;
    const result = await report(concat([pdf, latin1(update)]));
    expect(result.verdict).toBe('refused');
  });
});

describe('inspect', () => {
  it('says of any bytes what they are, and never throws', () => {
    expect(inspect(new Uint8Array(0))).toMatchObject({ kind: 'unreadable', file: { kind: 'unknown', bytes: 0 } });
    expect(inspect(latin1('hello'))).toMatchObject({ kind: 'unreadable', why: { code: 'FILE_KIND_UNKNOWN' } });
    expect(inspect(latin1('a.b.c~'))).toMatchObject({ kind: 'unreadable', file: { kind: 'sd-jwt' } });
    expect(inspect(latin1('%PDX-1.7\nstartxref\n0\n%%EOF'))).toMatchObject({
      kind: 'unreadable',
      file: { kind: 'pdf' },
    });
    expect(inspect(pdf)).toMatchObject({ kind: 'pdf' });
  });

  it('an unreadable file becomes a report', async () => {
    expect(await report(latin1('hello'))).toMatchObject({
      verdict: 'refused',
      signatures: [],
      reasons: [{ code: 'FILE_UNREADABLE' }],
    });
    expect(await report(latin1('a.b.c~'))).toMatchObject({
      verdict: 'refused',
      signatures: [{ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' }],
    });
  });
});
