import { describe, expect, it } from '@jest/globals';
import { deflate } from '#primitives';
import { concat, latin1 } from '../../../../src/core/encoding/index.js';
import { inspectPdf } from '../../../../src/core/renditions/index.js';
import type { PdfFace } from '../../../../src/core/renditions/index.js';
import { BODIES, PAGE, sealedPdf, stream, toText } from '../../../support/pdf-samples.js';

/** Resources: F1 simple, F2 composite with map and widths; forms, pictures, properties and states as needed. */
const RESOURCES =
  '/Resources<</Font<</F1 5 0 R/F2 8 0 R>>/XObject<</Form 12 0 R/Photo 13 0 R/Layer 14 0 R>>' +
  '/Properties<</Item<</Path(holder.name)/Format/date>>/Off<</Type/OCG>>>>' +
  '/ExtGState<</Faint<</ca 0.01>>/Plain<</ca 1>>/Font<</Font[5 0 R 12]>>>>>>';

const RESOURCED: Readonly<Record<number, string>> = {
  3: PAGE.replace('/Resources<</Font<</F1 5 0 R>>>>', RESOURCES),
  8: '<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[9 0 R]/ToUnicode 10 0 R>>',
  9: '<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/FontDescriptor 15 0 R/DW 1000/W[3[500] 7 9 250]/CIDToGIDMap 11 0 R>>',
  10: stream(
    'begincmap 2 beginbfchar <0003> <8BC1> <0004> <D840DC0B> endbfchar 2 beginbfrange <0007> <0009> <0041> <0010> <0011> [<0058> <0059>] endbfrange endcmap',
  ),
  11: stream(toText(deflate(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2), 6)), '/Filter/FlateDecode'),
  12: stream(
    'BT /F1 12 Tf 72 600 Td (in form) Tj ET',
    '/Type/XObject/Subtype/Form/Resources<</Font<</F1 5 0 R>>>>/Matrix[1 0 0 1 0 0]',
  ),
  13: stream('JPEG', '/Subtype/Image/Filter/DCTDecode'),
  14: stream('BT /F1 12 Tf 72 600 Td (layer) Tj ET', '/Subtype/Form/OC<</Type/OCG>>'),
  15: '<</Type/FontDescriptor/FontFile2 16 0 R>>',
  16: stream('font program'),
};

function faceOf(content: string, bodies: Readonly<Record<number, string>> = {}): PdfFace {
  const inspection = inspectPdf(sealedPdf({ ...RESOURCED, 4: stream(content), ...bodies }));
  expect(inspection.problems).toEqual([]);
  return inspection.face();
}

const text = (shown: string, before = '') => `BT /F1 12 Tf 72 700 Td ${before} (${shown}) Tj ET`;
const hiddenIn = (content: string, bodies: Readonly<Record<number, string>> = {}) =>
  faceOf(content, bodies).hidden.map(({ text: shown, reason }) => [shown, reason]);

describe('the face of a PDF', () => {
  it('gives runs with their path, format, glyphs and text', () => {
    const face = faceOf(
      '/YXItem<</Path(code)>>BDC BT /F2 12 Tf 72 700 Td <00030004000700090011> Tj ET EMC /YXItem/Item BDC BT /F2 12 Tf 72 600 Td <0010> Tj ET EMC',
    );
    expect(
      face.runs.map(({ page, path, format, text: shown, glyphs, font }) => [
        page,
        path,
        format,
        shown,
        glyphs,
        font.name,
      ]),
    ).toEqual([
      [0, 'code', null, '证\u{2000b}ACY', [3, 4, 7, 9, 17], 'Song'],
      [0, 'holder.name', 'date', 'X', [16], 'Song'],
    ]);
    expect(face).toMatchObject({ hidden: [], problems: [], pictures: [] });
    expect(face.fonts).toHaveLength(1);
  });

  it('leads from character codes to glyphs of the embedded program', () => {
    const [font] = faceOf('BT /F2 12 Tf 72 700 Td <0003> Tj ET').fonts;
    expect([font!.glyphOf(3), font!.glyphOf(2), font!.glyphOf(900)]).toEqual([0x0102, 0, 0]);
    expect(font!.program()).toEqual(latin1('font program'));
    const [simple] = faceOf(text('a')).fonts;
    expect([simple!.name, simple!.glyphOf(97), simple!.program()]).toEqual(['Helvetica', 97, null]);
  });

  it('keeps sequences of one path apart, and fixed text without a path', () => {
    const item = (shown: string) => `/YXItem<</Path(a)>>BDC ${text(shown)} EMC `;
    expect(faceOf(item('x') + item('y') + text('fixed')).runs.map(({ path, text: shown }) => [path, shown])).toEqual([
      ['a', 'x'],
      ['a', 'y'],
      [null, 'fixed'],
    ]);
  });

  it('takes the innermost path, also through marks without one', () => {
    expect(
      faceOf(`/A<</Path(outer)>>BDC /Span BMC ${text('x')} /B<</Path(inner)>>BDC ${text('y')} EMC EMC EMC`).runs.map(
        ({ path }) => path,
      ),
    ).toEqual(['outer', 'inner']);
  });

  it('reads every way to show text', () => {
    const content =
      'BT /F1 12 Tf 14 TL 1 Tc 2 Tw 90 Tz 1 Ts 72 700 Td (a) Tj 0 -20 TD (b) Tj T* (c) Tj (d) \' 1 2 (e) " [(f) -250 (g) /x] TJ 1 0 0 1 72 500 Tm (h) Tj 5 Tj ET';
    expect(faceOf(content)).toMatchObject({ runs: [{ text: 'abcdefgh' }], hidden: [] });
  });

  it('reads strings with escapes', () => {
    expect(faceOf(text('\\(\\)\\\\ \\101\\7 a\\\nb\\\r\nc\rd\r\ne\\n\\q')).runs[0]!.text).toBe(
      '()\\ A\x07 abc\nd\ne\nq',
    );
  });

  it('enters forms, appearances of annotations and pictures inside an item', () => {
    const face = faceOf('/YXItem<</Path(photo)>>BDC q 10 0 0 10 0 0 cm /Photo Do Q /Form Do EMC', {
      6: BODIES[6]!.replace('/F 132', '/F 132/AP<</N 12 0 R>>'),
    });
    expect(face.pictures.map(({ page, path, data }) => [page, path, toText(data)])).toEqual([[0, 'photo', 'JPEG']]);
    expect(face.runs.map(({ path, text: shown }) => [path, shown])).toEqual([
      ['photo', 'in form'],
      [null, 'in form'],
    ]);
  });

  it('takes the appearance that the annotation is in', () => {
    const states = (state: string) =>
      faceOf('', { 6: BODIES[6]!.replace('/F 132', `/F 132/AS ${state}/AP<</N<</On 12 0 R>>>>`) }).runs.length;
    expect([states('/On'), states('/Off'), states('(On)')]).toEqual([1, 0, 0]);
  });

  it.each([
    ['rendering mode 3', text('x', '3 Tr'), 'render-mode'],
    ['rendering mode 7', text('x', '7 Tr'), 'render-mode'],
    ['white in grey', text('x', '1 g'), 'white'],
    ['white in RGB', text('x', '0.99 1 1 rg'), 'white'],
    ['white in CMYK', text('x', '0 0 0 0 k'), 'white'],
    ['white in a colour space', text('x', '/CS cs 1 1 1 sc'), 'white'],
    ['no opacity', `/Faint gs ${text('x')}`, 'transparent'],
    ['optional content', `/OC/Off BDC ${text('x')} EMC`, 'optional-content'],
    ['two clips, the second elsewhere', `0 0 595 842 re W n 0 0 10 10 re W n ${text('x')}`, 'clipped'],
    ['a clip elsewhere', `0 0 10 10 re W n ${text('x')}`, 'clipped'],
    ['a clip of curves elsewhere', `0 0 m 10 0 20 10 30 10 c 0 5 5 5 v 1 1 2 2 y h W* n ${text('x')}`, 'clipped'],
    ['an empty clip', `W n ${text('x')}`, 'clipped'],
    ['a place outside the page', 'BT /F1 12 Tf -50 700 Td (x) Tj ET', 'off-page'],
    ['a tiny size', 'BT /F1 0.5 Tf 72 700 Td (x) Tj ET', 'too-small'],
    ['a tiny matrix', 'BT /F1 12 Tf 0.01 0 0 0.01 72 700 Tm (x) Tj ET', 'too-small'],
    ['no width', text('x', '0 Tz'), 'too-small'],
    ['not a number as size', 'BT /F1 /big Tf 72 700 Td (x) Tj ET', 'too-small'],
  ])('finds text hidden by %s', (_, content, reason) => {
    expect(hiddenIn(content)).toEqual([['x', reason]]);
  });

  it('finds text hidden in a form of optional content', () => {
    expect(hiddenIn('/Layer Do')).toEqual([['layer', 'optional-content']]);
  });

  it('finds text that runs out of the page', () => {
    expect(hiddenIn(`BT /F1 12 Tf 560 700 Td (${'x'.repeat(20)}) Tj ET`)).toEqual([['x'.repeat(20), 'off-page']]);
  });

  it('calls nothing hidden that can be seen, and no blank', () => {
    expect(hiddenIn(text('   ', '3 Tr'))).toEqual([]);
    expect(hiddenIn(`q 1 g Q ${text('x')}`)).toEqual([]);
    expect(hiddenIn(`0 0 595 842 re W n 1 0 0 RG 0 0 5 5 re B* ${text('x')}`)).toEqual([]);
    expect(hiddenIn(`q 0 0 5 5 re W n Q ${text('x')}`)).toEqual([]);
    expect(hiddenIn(`0 0 m /Plain gs 595 0 l 595 842 l W n ${text('x')}`)).toEqual([]);
    expect(hiddenIn(`Q ${text('x', '0 0 0 1 k')}`)).toEqual([]);
    expect(hiddenIn(`/Nothing gs ${text('x')}`)).toEqual([]);
    expect(hiddenIn(text('x', '/Pattern cs /P1 scn'))).toEqual([]);
    expect(hiddenIn(text('x', '1 g 1 Tr'))).toEqual([]);
    expect(hiddenIn('/Plain gs ' + text('x'))).toEqual([]);
  });

  it('knows how far glyphs reach, where widths are given, and takes the width of the font where they are not', () => {
    const many = (shown: string) => `BT /F2 12 Tf 72 700 Td <${shown.repeat(60)}> Tj ET`;
    const composite = (widths: string) =>
      hiddenIn(many('0003'), { 9: RESOURCED[9]!.replace('W[3[500] 7 9 250]', widths) }).length;
    expect([composite('W[3 3 0]'), composite('W[3[0]]'), composite('W[7 9 0 3 3 0]')]).toEqual([0, 0, 0]);
    expect([composite('W[/x 3 0]'), composite('W[3 3 /x]'), composite('W[3[/x]]')]).toEqual([1, 1, 1]);
    const simple = (widths: string, shown: string) =>
      hiddenIn(text(shown.repeat(100)), { 5: BODIES[5]!.replace('/BaseFont', `${widths}/BaseFont`) }).length;
    expect(simple('/FirstChar 97/Widths[0 /x]', 'a')).toBe(0);
    expect(simple('/FirstChar 97/Widths[0 /x]', 'b')).toBe(1);
    expect(simple('/FirstChar /a/Widths[0]', 'a')).toBe(1);
  });

  it('finds the program of a font under each of its names, and none that is no stream or inflates too far', () => {
    const program = (descriptor: string, bodies: Readonly<Record<number, string>> = {}) =>
      faceOf('BT /F2 12 Tf 72 700 Td <0003> Tj ET', { 15: `<<${descriptor}>>`, ...bodies }).fonts[0]!.program();
    expect(program('/FontFile3 16 0 R')).toEqual(latin1('font program'));
    expect(program('/FontFile 16 0 R')).toEqual(latin1('font program'));
    expect(program('')).toBeNull();
    const bomb = toText(deflate(new Uint8Array(65 << 20), 1));
    expect(program('/FontFile2 16 0 R', { 16: stream(bomb, '/Filter/FlateDecode') })).toBeNull();
  });

  it('passes over inline images', () => {
    expect(faceOf(`BI /W 2 /H 1 ID \x00(EI\x01 EI ${text('x')}`).runs[0]!.text).toBe('x');
    expect(faceOf(`${text('x')} BI /W 2 ID (((`).runs[0]!.text).toBe('x');
  });

  it('sets the font by a graphics state', () => {
    expect(faceOf('BT /Font gs 72 700 Td (x) Tj ET').runs[0]!.text).toBe('x');
    const state = (font: string) => ({ 3: RESOURCED[3]!.replace('/Font[5 0 R 12]', `/Font[${font}]`) });
    expect(faceOf(`BT /F1 12 Tf /Font gs 72 700 Td (x) Tj ET`, state('null 12')).runs).toEqual([]);
    expect(hiddenIn('BT /Font gs 72 700 Td (x) Tj ET', state('5 0 R /big'))).toEqual([['x', 'too-small']]);
  });

  it('passes over what in a character map is no code, or has no text', () => {
    const map = (entries: string) => ({
      10: stream(`begincmap ${entries} 1 beginbfchar <0004> <0042> endbfchar endcmap`),
    });
    const shown = (entries: string) => faceOf('BT /F2 12 Tf 72 700 Td <00030004> Tj ET', map(entries)).runs[0]!.text;
    expect(shown('1 beginbfchar <0003> <0041> endbfchar')).toBe('AB');
    for (const entries of [
      '1 beginbfchar <0003> /A endbfchar',
      '1 beginbfchar 3 <0041> endbfchar',
      '1 beginbfrange 3 <0003> <0041> endbfrange',
      '1 beginbfrange <0003> 3 <0041> endbfrange',
      '1 beginbfrange <0003> <0003> /A endbfrange',
      '1 beginbfrange <0002> <0003> [<0041>] endbfrange',
    ])
      expect(shown(entries)).toBe('\ufffdB');
  });

  it('gives pictures outside of items without a path, and draws nothing else that is no form', () => {
    const face = faceOf('/Photo Do /Layer Do', { 14: stream('x', '/Subtype/PS') });
    expect(face.pictures.map(({ path }) => path)).toEqual([null]);
    expect(face.runs).toEqual([]);
  });

  it('shows nothing without a font, and U+FFFD where no text is known', () => {
    expect(faceOf('BT /F9 12 Tf 72 700 Td (x) Tj /Q Do 12 Tf ET').runs).toEqual([]);
    expect(faceOf('BT /F2 12 Tf 72 700 Td <0030> Tj ET').runs[0]!.text).toBe('\ufffd');
    expect(faceOf('BT /F2 12 Tf 72 700 Td <0003> Tj ET', { 10: stream('begincmap ]') }).runs[0]!.text).toBe('\ufffd');
  });

  it('reads content that is split over several streams', () => {
    expect(
      faceOf('', {
        3: RESOURCED[3]!.replace('Contents 4 0 R', 'Contents[17 0 R 18 0 R null]'),
        17: stream('BT /F1 12 Tf 72 700 Td'),
        18: stream('(x) Tj ET'),
      }).runs[0]!.text,
    ).toBe('x');
  });

  it.each([
    ['a stray delimiter', stream(`${text('x')} ) `)],
    ['an unknown filter', stream('x', '/Filter/LZWDecode')],
    ['broken compressed data', stream('x', '/Filter/FlateDecode')],
    ['operands without end', stream('1 '.repeat(600) + 'g')],
  ])('reports %s', (_, body) => {
    expect(faceOf('', { 4: body }).problems.map(({ code }) => code)).toContain('CONTENT_BROKEN');
  });

  it('reports a form that cannot be read to its end, and one that nests too deeply', () => {
    expect(faceOf('/Form Do', { 12: stream('(', '/Subtype/Form') }).problems.map(({ code }) => code)).toEqual([
      'CONTENT_BROKEN',
    ]);
    expect(
      faceOf('/Form Do', { 12: stream('/Form Do', '/Subtype/Form') }).problems.map(({ code, about }) => [code, about]),
    ).toEqual([['CONTENT_BROKEN', 'limit']]);
  });

  it('reports a form that cannot be decoded', () => {
    const { problems } = faceOf('/Form Do', { 12: stream('x', '/Subtype/Form/Filter/LZWDecode') });
    expect(problems.map(({ code }) => code)).toEqual(['STREAM_UNREADABLE']);
  });

  it.each([
    ['more filters than four', '/Filter[/AHx/AHx/AHx/AHx/AHx]'],
    ['data in another file', '/F(other)'],
    ['a filter without a name', '/Filter(AHx)'],
  ])('does not read a stream with %s', (_, entries) => {
    expect(faceOf('', { 4: stream('71 20 51', entries) }).problems.map(({ code }) => code)).toContain(
      'STREAM_UNREADABLE',
    );
  });

  it('decodes streams through hexadecimal, PNG predictors and several filters', () => {
    const content = latin1(text('abc').padEnd(40));
    const rows = (kind: number, encode: (value: number, i: number) => number) =>
      concat(
        Array.from({ length: 4 }, (_, r) =>
          Uint8Array.of(kind, ...content.subarray(10 * r, 10 * r + 10).map((value, i) => encode(value, 10 * r + i))),
        ),
      );
    const at = (i: number, back: number) => (i - back >= 0 && (back >= 10 || i % 10 >= back) ? content[i - back]! : 0);
    const corner = (i: number) => (i % 10 >= 1 && i >= 11 ? content[i - 11]! : 0);
    const paeth = (a: number, b: number, c: number) => {
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    };
    const encodings = [
      rows(0, (value) => value),
      rows(1, (value, i) => value - at(i, 1)),
      rows(2, (value, i) => value - at(i, 10)),
      rows(3, (value, i) => value - ((at(i, 1) + at(i, 10)) >> 1)),
      rows(4, (value, i) => value - paeth(at(i, 1), at(i, 10), corner(i))),
    ];
    for (const data of encodings)
      expect(
        faceOf('', { 4: stream(toText(deflate(data, 6)), '/Filter[/Fl]/DecodeParms[<</Predictor 15/Columns 10>>]') })
          .runs[0]!.text,
      ).toBe('abc');
    const plain = stream(toText(deflate(content, 6)), '/Filter/FlateDecode/DecodeParms<</Predictor 1/Columns 10>>');
    expect(faceOf('', { 4: plain }).runs[0]!.text).toBe('abc');
    const hex = [...deflate(content, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(faceOf('', { 4: stream(hex + '>', '/Filter[/ASCIIHexDecode/FlateDecode]') }).runs[0]!.text).toBe('abc');
    expect(faceOf('', { 4: stream(latin1Hex(content), '/Filter/AHx/DecodeParms null') }).runs[0]!.text).toBe('abc');
  });

  it.each([
    '/Predictor 2',
    '/Predictor /Up',
    '/Predictor 12/Columns 0',
    '/Predictor 12/Columns 7',
    '/Predictor 12/Columns 10/Colors 99',
    '/Predictor 16',
  ])('does not guess at %s', (parameters) => {
    const data = toText(
      deflate(
        Uint8Array.from({ length: 33 }, () => 9),
        6,
      ),
    );
    expect(
      faceOf('', { 4: stream(data, `/Filter/FlateDecode/DecodeParms<<${parameters}>>`) }).problems.map(
        ({ code }) => code,
      ),
    ).toContain('STREAM_UNREADABLE');
  });
});

const latin1Hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
