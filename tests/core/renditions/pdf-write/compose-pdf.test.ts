import { beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import { hash, inflate } from '#primitives';
import { fromLatin1, fromUtf8, toHex } from '../../../../src/core/encoding/index.js';
import type { Json } from '../../../../src/core/errors/index.js';
import type { Licence } from '../../../../src/core/licence/index.js';
import { composePdf, layOut, preparePdf, prepareLayout, readTemplate } from '../../../../src/core/renditions/index.js';
import type {
  FontBook,
  LaidPage,
  PdfInput,
  PreparedLayout,
  PreparedPdf,
  UnsealedPdf,
} from '../../../../src/core/renditions/index.js';
import { inspectPdf } from '../../../../src/core/renditions/pdf/read/inspect-pdf.js';
import type { SealPicture } from '../../../../src/core/seal/index.js';
import { realFonts } from '../layout/fonts.js';

const SEAL: SealPicture = {
  shape: 'round',
  diameterMm: 42,
  centre: 'star',
  arcText: '示例市行政审批局',
  bottomLine: null,
  code: null,
};
const STYLES = {
  value: { fonts: ['song', 'kai'], sizePt: 12, colour: '#101010' },
  label: { fonts: ['hei'], sizePt: 9, colour: '#ff0000', spacing: 0.2 },
};
// A grey PNG of 2 x 1 pixels.
const PHOTO = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGMQ+AAAARMBAXVbZvwAAAAASUVORK5CYII=';
const box = (y: number, height = 10) => ({ x: 10, y, width: 80, height });
const ELEMENTS: Json[] = [
  { kind: 'text', box: box(5), style: 'label', parts: [{ text: '名称' }] },
  { kind: 'text', box: box(15), style: 'value', parts: [{ item: 'name' }] },
  { kind: 'text', box: box(25, 14), style: 'label', align: 'justify', parts: [{ text: '编号' }, { fact: 'number' }] },
  { kind: 'frame', box: box(40), colour: '#808080', strokeWidth: 0.2, fill: '#f0f0f0' },
  { kind: 'frame', box: box(40), colour: null, strokeWidth: 0.2 },
  { kind: 'picture', box: box(40), item: 'photo' },
  { kind: 'qr', box: { x: 60, y: 60, width: 30, height: 30 } },
  { kind: 'seal', centre: [50, 70] },
];
const LICENCE: Licence = {
  identifier: '1.2.156.3005.2.<1>&',
  typeCode: 'T',
  typeVersion: '1',
  version: '001',
  number: '(JY)1',
  issuer: { name: '示例市行政审批局', code: '11999900MB0000001K', region: '999900' },
  holder: { name: '示例', code: '91999900MA00000A9C', codeType: '001' },
  issuedOn: '2026-11-24',
  validFrom: '2026-11-24',
  validUntil: null,
  items: { name: '王𠮷山é', photo: PHOTO },
  sample: true,
};

let book: FontBook;
let layout: PreparedLayout;
let prepared: PreparedPdf;
beforeAll(async () => {
  book = await realFonts();
  layout = prepareLayout(
    readTemplate({ styles: STYLES, pages: [{ width: 100, height: 100, elements: ELEMENTS }] }),
    book,
  );
  prepared = preparePdf(layout, SEAL);
});

const lay = (licence = LICENCE): LaidPage[] => layOut(layout, { licence, code: 'token', verificationAddress: 'a' });

function compose(change: Partial<PdfInput> = {}): UnsealedPdf {
  return composePdf({
    prepared,
    pages: lay(),
    metadata: { title: '营业执照', identifier: LICENCE.identifier, created: '2026-11-24T06:51:02.000Z' },
    attachment: {
      name: 'licence.jwt',
      mimeType: 'application/dc+sd-jwt',
      description: '结构化数据',
      data: new Uint8Array([1, 2, 3]),
    },
    signature: {
      filter: 'Adobe.PPKLite',
      subFilter: 'ETSI.CAdES.detached',
      name: '审批局 (A)',
      claimedTime: '2026-11-24T06:51:02.000Z',
    },
    reservedBytes: 500,
    ...change,
  });
}

describe('composePdf', () => {
  it('makes the same bytes of the same input, and an identifier that says so', () => {
    expect(toHex(hash('sha256', compose().bytes))).toBe(toHex(hash('sha256', compose().bytes)));
    const idOf = ({ bytes }: UnsealedPdf) => /\/ID\[<([0-9a-f]{32})><\1>\]/.exec(fromLatin1(bytes))![1];
    expect(idOf(compose())).toBe(idOf(compose()));
    expect(
      idOf(compose({ attachment: { name: 'a', mimeType: 'a/b', description: '', data: new Uint8Array(1) } })),
    ).not.toBe(idOf(compose()));
  });

  it('has a byte range that covers all but the value of /Contents, at the offsets it names', () => {
    const { bytes, contentsOffset, contentsLength, byteRangeOffset } = compose();
    const text = fromLatin1(bytes);
    expect(contentsLength).toBe(1000);
    expect(text.slice(contentsOffset, contentsOffset + contentsLength + 2)).toBe(`<${'0'.repeat(1000)}>`);
    const after = contentsOffset + 1002;
    expect(text.slice(byteRangeOffset).startsWith(`[0 ${contentsOffset} ${after} ${bytes.length - after}]`)).toBe(true);
    expect(text.slice(byteRangeOffset - 10, byteRangeOffset)).toBe('/ByteRange');
  });

  it('has a cross-reference table that points at every object', () => {
    const text = fromLatin1(compose().bytes);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)![1]);
    const [, size] = /^xref\n0 (\d+)\n0000000000 65535 f \n/.exec(text.slice(start))!;
    const entries = [...text.slice(start).matchAll(/(\d{10}) 00000 n \n/g)];
    expect(entries).toHaveLength(Number(size) - 1);
    entries.forEach(([, offset], i) => expect(text.slice(Number(offset)).startsWith(`${i + 1} 0 obj\n`)).toBe(true));
  });

  it('is read without a finding by the strict reader, which finds one certifying field over the whole file', () => {
    const inspection = inspectPdf(
      compose({
        signature: {
          filter: 'F',
          subFilter: 'S',
          name: 'n',
          location: '示例市',
          reason: '签发',
          claimedTime: '2026-11-24T06:51:02.000Z',
        },
      }).bytes,
    );
    expect(inspection.problems).toEqual([]);
    expect(inspection.unreferencedObjects).toEqual([]);
    expect(inspection.activeContent).toEqual([]);
    expect(inspection.xmpLicence).toBe('1.2.156.3005.2.&lt;1&gt;&amp;');
    expect(inspection.attachments).toEqual([
      {
        name: 'licence.jwt',
        relationship: 'Data',
        mediaType: 'application/dc+sd-jwt',
        bytes: new Uint8Array([1, 2, 3]),
      },
    ]);
    expect(inspection.signatures).toMatchObject([
      {
        filter: 'F',
        subFilter: 'S',
        docMdp: 1,
        coverage: { kind: 'whole-file' },
        claims: { name: 'n', location: '示例市', reason: '签发' },
        claimedTime: '2026-11-24T06:51:02.000Z',
      },
    ]);
  });

  it('shows each item by the glyphs of the pinned font', () => {
    const face = inspectPdf(compose().bytes).face();
    expect(face.hidden).toEqual([]);
    expect(face.problems).toEqual([]);
    const glyphs = (font: 'kai' | 'song' | 'hei', text: string) =>
      [...text].map((character) => book.get(font)!.glyphOf(character.codePointAt(0)!));
    expect(face.runs.filter(({ path }) => path === 'name').map((run) => run.glyphs)).toEqual([
      glyphs('song', '王'),
      glyphs('kai', '𠮷'),
      glyphs('song', '山é'),
    ]);
    expect(face.runs.find(({ path }) => path === '@number')).toMatchObject({
      text: '(JY)1',
      glyphs: glyphs('hei', '(JY)1'),
    });
    expect(
      face.runs
        .filter(({ path }) => path === null)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['名称', '编号']);
  });

  it('is opened by another library: page size, attachment, metadata', async () => {
    const document = await PDFDocument.load(compose().bytes, { updateMetadata: false });
    expect(document.getPageCount()).toBe(1);
    expect(document.getPage(0).getWidth()).toBeCloseTo(283.465, 3);
    expect(
      document
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(['Seal']);
  });

  it('says PDF/A-3B and the licence in XMP that is left uncompressed', () => {
    const text = fromUtf8(compose().bytes.filter((byte) => byte < 128));
    expect(text).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(text).toContain('<yx:licenceIdentifier>1.2.156.3005.2.&lt;1&gt;&amp;</yx:licenceIdentifier>');
    expect(text).toContain('/S/GTS_PDFA1');
  });

  it('draws a sample with its mark, and another licence without', () => {
    const plain = lay({ ...LICENCE, sample: false });
    expect(compose({ pages: plain }).bytes.length).toBeLessThan(compose().bytes.length);
  });

  it('writes pictures with their own samples', () => {
    const text = fromLatin1(compose().bytes);
    expect(text).toContain(
      '/Subtype/Image/Width 2/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 8/Columns 2>>',
    );
    const [page] = lay();
    const withFile = (file: unknown) =>
      compose({
        pages: [
          { ...page!, filled: { ...page!.filled, pictures: [{ path: 'photo', box: box(40), file: file as never }] } },
        ],
      });
    expect(
      fromLatin1(
        withFile({ kind: 'jpeg', width: 2, height: 1, components: 3, file: new Uint8Array([0xff, 0xd8]) }).bytes,
      ),
    ).toContain('/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode');
    const indexed = {
      kind: 'png',
      width: 2,
      height: 1,
      components: 1,
      bits: 1,
      palette: new Uint8Array([255, 0, 0, 0, 0, 255]),
      data: new Uint8Array(0),
    };
    expect(fromLatin1(withFile(indexed).bytes)).toContain('/ColorSpace[/Indexed/DeviceRGB 1<ff00000000ff>]');
  });

  it('leaves out what a page does not have: pictures and a seal', () => {
    const elements = ELEMENTS.filter((element) => (element as { kind: string }).kind !== 'seal');
    const two = prepareLayout(
      readTemplate({
        styles: STYLES,
        pages: [
          { width: 100, height: 100, elements: ELEMENTS },
          { width: 50, height: 100, elements },
        ],
      }),
      book,
    );
    const pages = layOut(two, {
      licence: { ...LICENCE, items: { name: '王' } },
      code: 'token',
      verificationAddress: 'a',
    });
    const { bytes } = compose({ prepared: preparePdf(two, SEAL), pages });
    expect(fromLatin1(bytes).match(/\/Annots/g)).toHaveLength(1);
    expect(fromLatin1(bytes)).not.toContain('/Subtype/Image');
    expect(inspectPdf(bytes)).toMatchObject({ problems: [], pageCount: 2 });
  });

  it('refuses pages of another layout, and layouts without exactly one place for the seal', () => {
    const other = prepareLayout(layout.template, book);
    const pages = layOut(other, { licence: LICENCE, code: 'token', verificationAddress: 'a' });
    expect(() => compose({ pages })).toThrow(expect.objectContaining({ code: 'TEMPLATE_MALFORMED' }));
    expect(() => compose({ pages: [] })).toThrow(expect.objectContaining({ code: 'TEMPLATE_MALFORMED' }));
    const without = prepareLayout(
      readTemplate({ styles: STYLES, pages: [{ width: 100, height: 100, elements: ELEMENTS.slice(0, 2) }] }),
      book,
    );
    expect(() => preparePdf(without, SEAL)).toThrow(expect.objectContaining({ code: 'TEMPLATE_MALFORMED' }));
  });

  it('gives the seal field an appearance of the size of the seal, in ink that lets words through', () => {
    const text = fromLatin1(compose().bytes);
    const side =
      /\/Subtype\/Form\/BBox\[0 0 ([\d.]+) \1\]\/Resources<<\/ExtGState<<\/Ink<<\/Type\/ExtGState\/BM\/Multiply>>>>>>/.exec(
        text,
      )![1];
    expect(Number(side)).toBeCloseTo((42 * 72) / 25.4, 2);
    const rect = /\/F 132\/Rect\[([^\]]+)\]/.exec(text)![1]!.split(' ').map(Number);
    expect(rect[2]! - rect[0]!).toBeCloseTo((42 * 72) / 25.4, 2);
    expect((rect[1]! + rect[3]!) / 2).toBeCloseTo((30 * 72) / 25.4, 2);
    const stream = /BM\/Multiply>>>>>>\/Filter\/FlateDecode\/Length (\d+)>>\nstream\n/.exec(text)!;
    const from = stream.index + stream[0].length;
    expect(fromLatin1(inflate(compose().bytes.subarray(from, from + Number(stream[1])), 1 << 20))).toContain(
      '0.902 0 0.071 RG',
    );
  });
});
