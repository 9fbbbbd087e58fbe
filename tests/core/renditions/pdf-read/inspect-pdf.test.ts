import { describe, expect, it } from '@jest/globals';
import { createHash } from '#primitives';
import { concat, latin1 } from '../../../../src/core/encoding/index.js';
import { inspectPdf } from '../../../../src/core/renditions/index.js';
import { compressedPdf } from '../../../support/pdf-attacks.js';
import {
  BODIES,
  CMS,
  DSS_BODIES,
  PAGE,
  RESERVED,
  ROOT,
  TIMESTAMP_BODIES,
  appendRevision,
  lastStartxref,
  plainPdf,
  replaced,
  seal,
  sealedPdf,
  stream,
  type Bodies,
} from '../../../support/pdf-samples.js';

const levels = (bytes: Uint8Array) => inspectPdf(bytes).revisions.map(({ level }) => level);

/** The table of the first page stands in front and points forward to that of the rest (ISO 32000-2 Annex F). */
function linearizedPdf(): Uint8Array {
  const start = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const first = { 8: '<</Linearized 1/L 9>>' };
  const rest: Readonly<Record<number, string>> = {
    1: '<</Type/Catalog/Pages 2 0 R>>',
    2: BODIES[2]!,
    3: PAGE.replace('/Annots[6 0 R]', ''),
    4: BODIES[4]!,
    5: BODIES[5]!,
  };
  const entry = (num: number, at: number) => `${num} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  const dictionary = `8 0 obj\n${first[8]}\nendobj\n`;
  const table = start.length + dictionary.length;
  const head = (prev: number) =>
    `xref\n${entry(8, start.length)}trailer\n<</Size 9/Root 1 0 R/Prev ${String(prev).padStart(6, '0')}>>\nstartxref\n0000000\n%%EOF\n`;
  let [body, entries] = ['', ''];
  for (const [num, text] of Object.entries(rest)) {
    entries += entry(Number(num), table + head(0).length + body.length);
    body += `${num} 0 obj\n${text}\nendobj\n`;
  }
  const second = table + head(0).length + body.length;
  return latin1(
    `${start}${dictionary}${head(second)}${body}xref\n0 1\n0000000000 65535 f \n${entries}trailer\n<</Size 9>>\nstartxref\n${table}\n%%EOF\n`,
  );
}

describe('inspectPdf', () => {
  it('describes a sealed file of one revision', () => {
    const bytes = sealedPdf();
    const inspection = inspectPdf(bytes);
    expect(inspection).toMatchObject({
      version: '1.7',
      problems: [],
      pageCount: 1,
      activeContent: [],
      unreferencedObjects: [],
      duplicateObjects: [],
      xmpLicence: null,
      attachments: [],
    });
    expect(inspection.revisions).toEqual([
      { endOffset: bytes.length, level: 'none', changes: [], unreferencedObjects: [] },
    ]);
    const [signature] = inspection.signatures;
    expect(signature).toMatchObject({
      fieldName: 'Seal',
      object: 7,
      type: 'signature',
      filter: 'Adobe.PPKLite',
      subFilter: 'ETSI.CAdES.detached',
      revisionIndex: 0,
      claimedTime: '2026-01-02T03:04:05.000Z',
      claims: { name: 'Signer', reason: null, location: null },
      docMdp: 1,
      changesAfter: 'none',
      coverage: { kind: 'whole-file' },
      contentsProblems: [],
      problems: [],
    });
    expect(signature!.contents).toEqual(concat([CMS, new Uint8Array(RESERVED - CMS.length)]));
  });

  it('hashes exactly the bytes outside /Contents', () => {
    const bytes = sealedPdf();
    const [signature] = inspectPdf(bytes).signatures;
    const [, a, b] = signature!.byteRange!;
    expect(concat(signature!.coveredBytes()).length).toBe(bytes.length - (b - a));
    expect(signature!.digest('sha256')).toEqual(
      createHash('sha256').update(bytes.subarray(0, a)).update(bytes.subarray(b)).digest(),
    );
  });

  it('covers nothing where the range is invalid', () => {
    const text = plainPdf({ ...BODIES, 7: '<</Type/Sig/Filter/X>>' });
    expect(inspectPdf(text).signatures[0]!.coveredBytes()).toEqual([]);
  });

  it('takes a store of validation data after the seal for what it is', () => {
    const bytes = appendRevision(sealedPdf(), DSS_BODIES);
    const inspection = inspectPdf(bytes);
    expect(inspection.problems).toEqual([]);
    expect(inspection.signatures[0]).toMatchObject({
      coverage: { kind: 'whole-revision' },
      changesAfter: 'long-term-validation',
    });
    expect(inspection.revisions[1]!.changes.map(({ object, kind, permitted }) => [object, kind, permitted])).toEqual([
      [1, 'replaced', true],
      [20, 'added', true],
      [21, 'added', true],
      [22, 'added', true],
    ]);
  });

  it('lets the store grow', () => {
    const second = { 20: DSS_BODIES[20]!.replace('[21 0 R]/CRLs', '[21 0 R 23 0 R]/CRLs'), 23: stream('another') };
    expect(levels(appendRevision(appendRevision(sealedPdf(), DSS_BODIES), second))).toEqual([
      'none',
      'long-term-validation',
      'long-term-validation',
    ]);
  });

  it('takes a document time-stamp with an invisible field for what it is', () => {
    const inspection = inspectPdf(seal(appendRevision(sealedPdf(), TIMESTAMP_BODIES)));
    expect(inspection.problems).toEqual([]);
    expect(inspection.signatures.map(({ fieldName, type, changesAfter }) => [fieldName, type, changesAfter])).toEqual([
      ['Seal', 'signature', 'long-term-validation'],
      ['Stamp', 'document-timestamp', 'none'],
    ]);
  });

  it('takes it likewise where form, fields and annotations are objects of their own', () => {
    const before = {
      1: ROOT.replace('<</Fields[6 0 R]/SigFlags 3>>', ' 8 0 R'),
      3: PAGE.replace('[6 0 R]', ' 10 0 R'),
      8: '<</Fields 9 0 R>>',
      9: '[6 0 R]',
      10: '[6 0 R]',
    };
    const { 30: field, 31: value } = TIMESTAMP_BODIES;
    const after = {
      8: '<</Fields 9 0 R/SigFlags 3>>',
      9: '[6 0 R 30 0 R]',
      10: '[6 0 R 30 0 R]',
      30: field!,
      31: value!,
    };
    expect(levels(seal(appendRevision(sealedPdf(before), after)))).toEqual(['none', 'long-term-validation']);
  });

  it('takes a time-stamp in a file that had no form', () => {
    const plain = plainPdf({
      ...BODIES,
      1: '<</Type/Catalog/Pages 2 0 R>>',
      3: PAGE.replace('/Annots[6 0 R]', ''),
      6: 'null',
      7: 'null',
    });
    const { 30: field, 31: value } = TIMESTAMP_BODIES;
    const after = {
      1: '<</Type/Catalog/Pages 2 0 R/AcroForm 40 0 R>>',
      3: PAGE.replace('[6 0 R]', '[30 0 R]'),
      30: field!.replace('/Rect[0 0 0 0]', ''),
      31: value!,
      40: '<</Fields[30 0 R]/SigFlags 3>>',
    };
    expect(levels(seal(appendRevision(plain, after)))).toEqual(['none', 'long-term-validation']);
  });

  it('takes it likewise where the page gets a list of annotations of its own', () => {
    const after = { ...TIMESTAMP_BODIES, 3: PAGE.replace('[6 0 R]', ' 10 0 R'), 10: '[30 0 R]' };
    expect(levels(seal(appendRevision(sealedPdf({ 3: PAGE.replace('/Annots[6 0 R]', '') }), after)))).toEqual([
      'none',
      'long-term-validation',
    ]);
  });

  it.each<[string, Bodies, Bodies]>([
    [
      'a list of fields that grows by another field too',
      { 1: ROOT.replace('[6 0 R]', ' 9 0 R'), 9: '[6 0 R]' },
      { 1: ROOT.replace('[6 0 R]', ' 9 0 R'), 9: '[6 0 R 30 0 R 40 0 R]', 40: '<</FT/Tx/T(x)>>' },
    ],
    [
      'a form of its own that changes otherwise too',
      { 1: ROOT.replace('<</Fields[6 0 R]/SigFlags 3>>', ' 8 0 R'), 8: '<</Fields[6 0 R]>>' },
      {
        1: ROOT.replace('<</Fields[6 0 R]/SigFlags 3>>', ' 8 0 R'),
        8: '<</Fields[6 0 R 30 0 R]/DA(/Helv 0 Tf)>>',
      },
    ],
    ['fields that are no list any more', {}, { 1: ROOT.replace('[6 0 R]', ' 5 0 R') }],
    ['a form that is none any more', {}, { 1: ROOT.replace('<</Fields[6 0 R]/SigFlags 3>>', '[30 0 R]') }],
    ['annotations that were no list', { 3: PAGE.replace('[6 0 R]', ' 5 0 R') }, {}],
  ])('does not take it for what it is beside %s', (_, before, after) => {
    expect(levels(seal(appendRevision(sealedPdf(before), { ...TIMESTAMP_BODIES, ...after })))).toEqual([
      'none',
      'other',
    ]);
  });

  it('takes a time-stamp in the store for evidence, and nothing that stands in its lists directly', () => {
    const store = (dss: string) => levels(appendRevision(sealedPdf(), { ...DSS_BODIES, 20: dss }))[1];
    expect(store('<</Certs[21 0 R]/VRI<</Type/VRI/AABB<</TS 22 0 R/CRL[22 0 R]>>>>>>')).toBe('long-term-validation');
    expect(store('<</Certs[21 0 R(direct)]/CRLs[22 0 R]>>')).toBe('other');
  });

  it('sees no change in an object that is written again as it was', () => {
    expect(levels(appendRevision(sealedPdf(), { 5: BODIES[5]! }))).toEqual(['none', 'none']);
  });

  it('names the objects that nothing reaches', () => {
    const inspection = inspectPdf(appendRevision(sealedPdf({ 8: stream('hidden') }), { 9: '(later)' }));
    expect(inspection.unreferencedObjects).toEqual([8, 9]);
    expect(inspection.revisions.map(({ unreferencedObjects }) => unreferencedObjects)).toEqual([[8], [8, 9]]);
  });

  it.each([
    ['JavaScript', '<</S/JavaScript/JS(app.alert)>>'],
    ['Launch', '<</S/Launch/F(cmd)>>'],
    ['GoToR', '<</S/GoToR/F(x.pdf)>>'],
    ['SubmitForm', '<</S/SubmitForm/F(http://x)>>'],
    ['URI', '<</S/URI/URI(http://x)>>'],
    ['Unheard', '<</Type/Action/S/Unheard>>'],
    ['XFA', '<</XFA(x)>>'],
    ['AA', '<</AA<</O 9 0 R>>>>'],
    ['FileAttachment', '<</Subtype/FileAttachment/Rect[0 0 1 1]>>'],
    ['ExternalStream', stream('', '/F(other)')],
    ['ReferenceXObject', stream('', '/Subtype/Form/Ref<<>>')],
  ])('lists %s as active content', (name, body) => {
    expect(
      inspectPdf(sealedPdf({ 2: BODIES[2]!.replace('/Count', '/Extra 8 0 R/Count'), 8: body })).activeContent,
    ).toEqual([name]);
  });

  it('lists an action on opening, and none for a place in the document or a transparency group', () => {
    const open = (value: string) =>
      inspectPdf(sealedPdf({ 1: ROOT.replace('/AcroForm', `/OpenAction${value}/AcroForm`) })).activeContent;
    expect(open('<</S/Named/N/Print>>')).toEqual(['Named', 'OpenAction']);
    expect(open('[3 0 R/Fit]')).toEqual([]);
    expect(
      inspectPdf(sealedPdf({ 3: PAGE.replace('/Parent', '/Group<</S/Transparency>>/Parent') })).activeContent,
    ).toEqual([]);
  });

  it('reads attached files from the name tree and the associated files, each once', () => {
    const file = (name: string, ef: string) =>
      `<</Type/Filespec/F(${name})/UF(${name})/AFRelationship/Data/EF<<${ef}>>>>`;
    const bodies = {
      1: ROOT.replace(
        '/AcroForm',
        '/Names<</EmbeddedFiles<</Kids[10 0 R 10 0 R]>>>>/AF[11 0 R 13 0 R 14 0 R]/AcroForm',
      ),
      10: '<</Names[(a) 11 0 R]>>',
      11: file('licence.json', '/F 12 0 R/UF 12 0 R'),
      12: stream('{}', '/Type/EmbeddedFile/Subtype/application#2fjson'),
      13: '<</F<feff8bc1>/EF<</F 15 0 R>>>>',
      14: file('nothing', ''),
      15: stream('x', '/Filter/LZWDecode'),
    };
    const { attachments, problems } = inspectPdf(sealedPdf(bodies));
    expect(attachments).toEqual([
      { name: 'licence.json', relationship: 'Data', mediaType: 'application/json', bytes: latin1('{}') },
      { name: '证', relationship: null, mediaType: null, bytes: null },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['STREAM_UNREADABLE']);
  });

  it('reads the licence of the XMP packet, and none where it stands twice', () => {
    const licence = (xmp: string) =>
      inspectPdf(
        sealedPdf({ 1: ROOT.replace('/AcroForm', '/Metadata 8 0 R/AcroForm'), 8: stream(xmp, '/Type/Metadata') }),
      ).xmpLicence;
    const element = '<yx:licenceIdentifier>1.2.3</yx:licenceIdentifier>';
    expect(licence(`<x>${element}</x>`)).toBe('1.2.3');
    expect(licence(element + element)).toBeNull();
    expect(licence('<yx:licenceIdentifier>')).toBeNull();
    expect(licence(element + ' '.repeat(1 << 20))).toBeNull();
  });

  it.each([
    ['D:20260102030405Z', '2026-01-02T03:04:05.000Z'],
    ["D:20260102030405+08'00'", '2026-01-01T19:04:05.000Z'],
    ['D:20260102030405-0130', '2026-01-02T04:34:05.000Z'],
    ['D:2026', '2026-01-01T00:00:00.000Z'],
    ['D:20260231000000Z', null],
    ['D:20260102250000Z', null],
    ['20260102', null],
    ['D:' + '1'.repeat(40), null],
  ])('reads the claimed time %s as %s', (text, time) => {
    expect(inspectPdf(sealedPdf({ 7: BODIES[7]!.replace('D:20260102030405Z', text) })).signatures[0]!.claimedTime).toBe(
      time,
    );
  });

  it.each([
    ['/P 2', 2],
    ['/P 3', 3],
    ['', 2],
    ['/P 9', 1],
  ])('reads the certification level %s as %s', (text, level) => {
    expect(inspectPdf(sealedPdf({ 7: BODIES[7]!.replace('/P 1', text) })).signatures[0]!.docMdp).toBe(level);
  });

  it('reads object streams and cross-reference streams with predictors, packed or not', () => {
    const { 1: root, 2: pages, 5: font } = BODIES;
    const outside = {
      3: PAGE.replace('/Annots[6 0 R]', ''),
      4: stream('BT /F1 12 Tf 72 700 Td (Hello) Tj ET').replace('/Length 36', '/Length 8 0 R'),
    };
    for (const zip of [true, false]) {
      const inspection = inspectPdf(
        compressedPdf(outside, { 1: root!.replace(/\/AcroForm.*$/, '>>'), 2: pages!, 5: font!, 8: '36' }, zip),
      );
      expect(inspection.problems).toEqual([]);
      expect(inspection.unreferencedObjects).toEqual([]);
      expect(inspection.face().runs.map(({ text }) => text)).toEqual(['Hello']);
    }
  });

  it('takes an object stream that is exchanged for a change, though no entry of what it holds is touched', () => {
    const { 5: font, 7: signature, ...outside } = BODIES;
    const file = seal(compressedPdf({ ...outside, 7: signature! }, { 5: font! }));
    const body = `${stream('5 0 <</Type/Font/Subtype/Type1/BaseFont/Symbol>>', '/Type/ObjStm/N 1/First 4')}`;
    const { revisions, signatures } = inspectPdf(appendRevision(file, { 90: body }));
    expect(revisions[1]!.changes).toMatchObject([
      { object: 90, kind: 'replaced', permitted: false, role: 'object-stream' },
    ]);
    expect(signatures[0]!.changesAfter).toBe('other');
  });

  it('reads the two tables of a linearized first revision as one', () => {
    const inspection = inspectPdf(appendRevision(linearizedPdf(), { 4: stream('q Q') }));
    expect(inspection.problems).toEqual([]);
    expect(inspection).toMatchObject({ pageCount: 1, unreferencedObjects: [] });
    expect(inspection.revisions.map(({ level }) => level)).toEqual(['none', 'other']);
  });

  it('does not take two tables for one where nothing says that the file is linearized, or both list an object', () => {
    const codes = (from: string, to: string) =>
      inspectPdf(replaced(linearizedPdf(), from, to)).problems.map(({ code }) => code);
    expect(codes('/Linearized', '/Lintarized')).toContain('PREV_DISORDER');
    expect(codes('8 1\n', '4 1\n')).toContain('XREF_NUMBER_TWICE');
    expect(codes('startxref\n0000000', 'startxref\n0000009')).toEqual([]);
  });

  it('reports a linearized first revision that ends with the address of another table', () => {
    const file = linearizedPdf();
    const closing = `startxref\n${lastStartxref(file)}`;
    const update = replaced(
      appendRevision(file, {}),
      closing,
      closing.replace(/\d+$/, (n) => '9'.repeat(n.length)),
    );
    expect(inspectPdf(update).problems.map(({ code }) => code)).toEqual(['STARTXREF_INVALID']);
  });

  it('names fields with their parents, and follows no circle of them', () => {
    const bodies = {
      1: ROOT.replace('[6 0 R]', '[8 0 R]'),
      8: '<</T(Office)/FT/Sig/Kids[6 0 R 8 0 R]>>',
      6: BODIES[6]!.replace('/FT/Sig', ''),
    };
    expect(inspectPdf(sealedPdf(bodies)).signatures[0]!.fieldName).toBe('Office.Seal');
  });

  it('refuses what is no PDF, by a code', () => {
    for (const bytes of [new Uint8Array(0), latin1('PK\x03\x04 and so on'), new Uint8Array(5000)])
      expect(() => inspectPdf(bytes)).toThrow(expect.objectContaining({ code: 'PDF_NOT_A_PDF' }));
  });
});
