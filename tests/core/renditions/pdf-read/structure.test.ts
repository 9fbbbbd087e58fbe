import { describe, expect, it } from '@jest/globals';
import { latin1 } from '../../../../src/core/encoding/index.js';
import { inspectPdf } from '../../../../src/core/renditions/index.js';
import {
  BODIES,
  PAGE,
  ROOT,
  appendRevision,
  plainPdf,
  replaced,
  sealedPdf,
  stream,
  toText,
  type Bodies,
} from '../../../support/pdf-samples.js';

const codes = (bytes: Uint8Array) => inspectPdf(bytes).problems.map(({ code }) => code);
const levels = (bytes: Uint8Array) => inspectPdf(bytes).revisions.map(({ level }) => level);

const FONT = BODIES[5]!;
/** One page without a form. */
const PLAIN: Bodies = {
  1: '<</Type/Catalog/Pages 2 0 R>>',
  2: BODIES[2]!,
  3: PAGE.replace('/Annots[6 0 R]', ''),
  4: BODIES[4]!,
};

interface Rows {
  /** Object number → object stream and place in it. */
  readonly inside?: Readonly<Record<number, readonly [container: number, index: number]>>;
  /** Rows as they stand, for what `bodies` does not hold. */
  readonly rows?: Readonly<Record<number, readonly [kind: number, second: number, third: number]>>;
  readonly dictionary?: (index: string) => string;
  readonly trailing?: string;
}

/** A file whose cross-reference stream is written by hand, unpacked: rows of 1, 3 and 1 bytes. */
function withXrefStream(bodies: Bodies, { inside = {}, rows = {}, dictionary, trailing = '' }: Rows = {}): Uint8Array {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const all = new Map<number, readonly [number, number, number]>([[0, [0, 0, 255]]]);
  for (const [num, body] of Object.entries(bodies)) {
    all.set(Number(num), [1, text.length, 0]);
    text += `${num} 0 obj\n${body}\nendobj\n`;
  }
  const at = text.length;
  all.set(91, [1, at, 0]);
  for (const [num, place] of Object.entries(inside)) all.set(Number(num), [2, ...place]);
  for (const [num, row] of Object.entries(rows)) all.set(Number(num), row);
  const data = [...all.values()]
    .map(([kind, second, third]) => String.fromCharCode(kind, second >> 16, (second >> 8) & 255, second & 255, third))
    .join('');
  const index = `/Index[${[...all.keys()].map((num) => `${num} 1`).join(' ')}]`;
  const entries = dictionary?.(index) ?? `/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]${index}`;
  return latin1(`${text}91 0 obj\n${stream(data + trailing, entries)}\nendobj\nstartxref\n${at}\n%%EOF\n`);
}

const holding = (data: string, entries = '/N 1/First 4') => stream(data, `/Type/ObjStm${entries}`);

describe('object streams', () => {
  const problems = (holder: string, index = 0, more: Bodies = {}) =>
    codes(withXrefStream({ ...PLAIN, 90: holder, ...more }, { inside: { 5: [90, index] } }));

  it('give what they hold', () => {
    expect(problems(holding(`5 0 ${FONT}`))).toEqual([]);
  });

  it.each([
    ['stands at another place', holding(`5 0 ${FONT}`), 'XREF_ENTRY_WRONG', 1],
    ['breaks off', holding('5 0 <</Type/Font'), 'OBJECT_BROKEN'],
    ['is not there', holding('5 0 '), 'OBJECT_BROKEN'],
    ['names a key twice', holding('5 0 <</Type/Font/Type/Font>>'), 'KEY_TWICE'],
    ['is listed twice', holding(`5 0 5 0 ${FONT}`, '/N 2/First 8'), 'OBJECT_TWICE'],
  ])('are reported when an object in them %s', (_, holder, code, index = 0) => {
    expect(problems(holder, index)).toContain(code);
  });

  it.each([
    ['are of another type', stream(`5 0 ${FONT}`, '/Type/ObjStk/N 1/First 4')],
    ['are no stream', '<</Type/ObjStm/N 1/First 4>>'],
    ['do not say how many objects they hold', holding(`5 0 ${FONT}`, '/First 4')],
    ['hold less than none', holding(`5 0 ${FONT}`, '/N -1/First 4')],
    ['do not say where the first one is', holding(`5 0 ${FONT}`, '/N 1')],
    ['begin before their beginning', holding(`5 0 ${FONT}`, '/N 1/First -4')],
    ['begin behind their end', holding(`5 0 ${FONT}`, '/N 1/First 4000')],
    ['claim more objects than they have room for', holding(`5 0 ${FONT}`, '/N 1000/First 4')],
    ['have a word for a number', holding(`x 0 ${FONT}`)],
    ['have a word for an offset', holding(`5 x ${FONT}`)],
    ['point behind their end', holding(`5 999 ${FONT}`, '/N 1/First 6')],
    ['have a filter that another object names', holding(`5 0 ${FONT}`, '/N 1/First 4/Filter 9 0 R')],
  ])('are unreadable when they %s', (_, holder) => {
    expect(problems(holder, 0, { 9: '/FlateDecode' })).toContain('STREAM_UNREADABLE');
  });

  it('are the same to a later revision that takes an object out of them without a change', () => {
    const file = withXrefStream({ ...PLAIN, 90: holding(`5 0 ${FONT}`) }, { inside: { 5: [90, 0] } });
    expect(levels(appendRevision(file, { 5: FONT }))).toEqual(['none', 'none']);
    expect(levels(appendRevision(file, { 5: '<</Type/Font>>' }))).toEqual(['none', 'other']);
  });

  it('do not hide that an object is now in one which was a stream', () => {
    const file = plainPdf({ ...PLAIN, 8: stream('x') });
    const update = appendRevision(file, { 8: '(x)' });
    expect(inspectPdf(update).revisions[1]!.changes).toMatchObject([{ object: 8, kind: 'replaced', permitted: false }]);
  });
});

describe('the length of a stream', () => {
  const referred = stream('q Q').replace('/Length 3', '/Length 8 0 R');

  it.each<[string, Uint8Array]>([
    ['is nowhere', withXrefStream({ ...PLAIN, 4: referred, 5: FONT })],
    ['is free', withXrefStream({ ...PLAIN, 4: referred, 5: FONT }, { rows: { 8: [0, 0, 0] } })],
    ['is no number', withXrefStream({ ...PLAIN, 4: referred, 5: FONT, 8: '(3)' })],
    [
      'is listed where another object stands',
      withXrefStream({ ...PLAIN, 4: referred, 5: FONT }, { rows: { 8: [1, 15, 0] } }),
    ],
    ['is listed where nothing stands', withXrefStream({ ...PLAIN, 4: referred, 5: FONT }, { rows: { 8: [1, 9, 0] } })],
    [
      'is in an object stream whose own length is in another one',
      withXrefStream(
        {
          ...PLAIN,
          4: referred,
          5: FONT,
          89: holding('9 0 7'),
          90: holding('8 0 3').replace('/Length 5', '/Length 9 0 R'),
        },
        { inside: { 8: [90, 0], 9: [89, 0] } },
      ),
    ],
  ])('is reported when it %s', (_, file) => {
    expect(codes(file)).toContain('STREAM_LENGTH_WRONG');
  });

  it('counts no line end in front of endstream, of either kind', () => {
    const crlf = stream('q Q').replace('stream\nq Q\nendstream', 'stream\r\nq Q\r\nendstream');
    expect(codes(sealedPdf({ 4: crlf }))).toEqual([]);
  });
});

describe('a cross-reference stream', () => {
  const file = (rows: Rows) => codes(withXrefStream({ ...PLAIN, 5: FONT }, rows));

  it('is read', () => {
    expect(file({})).toEqual([]);
  });

  it('may leave out what is always the same, and count from zero without an index', () => {
    // Objects 0 to 5, all in use but the first: kind by default 1, no third field.
    const [start, ...parts] = ['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', ...Object.entries({ ...PLAIN, 5: FONT })] as const;
    let text = start;
    const offsets = parts.map(([num, body]) => {
      const at = text.length;
      text += `${num} 0 obj\n${body}\nendobj\n`;
      return at;
    });
    const data = [0, ...offsets, text.length].map((at) => String.fromCharCode(at >> 8, at & 255)).join('');
    const section = stream(data, '/Type/XRef/Size 7/Root 1 0 R/W[0 2 0]');
    const bytes = latin1(`${text}6 0 obj\n${section}\nendobj\nstartxref\n${text.length}\n%%EOF\r\n`);
    expect(codes(bytes)).toEqual([]);
    expect(inspectPdf(bytes).pageCount).toBe(1);
  });

  it.each([
    ['is of another type', (index: string) => `/Type/Xref/Size 92/Root 1 0 R/W[1 3 1]${index}`],
    ['has no widths', (index: string) => `/Type/XRef/Size 92/Root 1 0 R${index}`],
    ['has two widths', (index: string) => `/Type/XRef/Size 92/Root 1 0 R/W[1 4]${index}`],
    ['has no size', (index: string) => `/Type/XRef/Root 1 0 R/W[1 3 1]${index}`],
    ['has a width that is no number', (index: string) => `/Type/XRef/Size 92/Root 1 0 R/W[1 /x 1]${index}`],
    ['has a width of nine bytes', (index: string) => `/Type/XRef/Size 92/Root 1 0 R/W[1 9 1]${index}`],
    ['has rows of no width', (index: string) => `/Type/XRef/Size 92/Root 1 0 R/W[0 0 0]${index}`],
    ['has half a range', () => '/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]/Index[0 1 2]'],
    ['has a range that is no number', () => '/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]/Index[0 /x]'],
    ['has a negative range', () => '/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]/Index[-1 2]'],
    ['is shorter than its ranges', () => '/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]/Index[0 99]'],
  ])('is none when it %s', (_, dictionary) => {
    expect(file({ dictionary })).toContain('XREF_BROKEN');
  });

  it('is none when it is a dictionary without data', () => {
    const text = '%PDF-1.7\n1 0 obj\n<</Type/XRef>>\nendobj\nstartxref\n9\n%%EOF\n';
    expect(codes(latin1(text))).toEqual(['STARTXREF_INVALID', 'XREF_BROKEN', 'ROOT_MISSING']);
  });

  it('is reported when bytes stand behind its rows', () => {
    expect(file({ trailing: 'more' })).toEqual(['XREF_BROKEN']);
  });

  it('takes an object at offset zero for a free one', () => {
    expect(inspectPdf(withXrefStream(PLAIN, { rows: { 5: [1, 0, 0] } })).problems).toEqual([]);
  });
});

describe('a cross-reference table', () => {
  it('is none without a trailer dictionary', () => {
    expect(codes(replaced(sealedPdf(), 'trailer\n<<', 'trailer\n7 '))).toContain('XREF_BROKEN');
  });

  it('is the last one read when its /Prev is no number', () => {
    const { problems, revisions } = inspectPdf(appendRevision(sealedPdf(), {}, { prev: '/Prev(9)' }));
    expect(problems.map(({ code, about }) => [code, about])).toContainEqual(['XREF_BROKEN', 'Prev']);
    expect(revisions).toHaveLength(1);
  });

  it('is found at the last startxref that has a number', () => {
    expect(codes(replaced(sealedPdf(), 'startxref\n', 'startxref\nx'))).toContain('STARTXREF_INVALID');
  });

  it.each([
    ['at the very beginning of the file', 'startxref 9 %PDF-1.7\n'],
    ['nowhere, though its first letter is the first of the file', 's%PDF-1.7\n'],
  ])('is none when startxref stands %s', (_, text) => {
    expect(codes(latin1(text))).toContain('XREF_BROKEN');
  });
});

describe('limits', () => {
  const direct = (count: number) => '<<>>'.repeat(count);
  const refused = (bodies: Bodies) => {
    expect(() => inspectPdf(sealedPdf(bodies))).toThrow(expect.objectContaining({ code: 'PDF_LIMIT_EXCEEDED' }));
  };

  it('stop at ten thousand attachments, fields and nodes of a name tree', () => {
    refused({ 1: ROOT.replace('/AcroForm', `/AF[${direct(10_001)}]/AcroForm`) });
    refused({ 1: ROOT.replace('/AcroForm', `/Names<</EmbeddedFiles<</Kids[${direct(10_000)}]>>>>/AcroForm`) });
    refused({ 1: ROOT.replace('[6 0 R]', `[6 0 R ${direct(10_000)}]`) });
  });

  it('stop at a hundred thousand nodes of the page tree', () => {
    refused({ 2: `<</Type/Pages/Kids[3 0 R ${direct(100_000)}]/Count 1>>` });
  });

  it('stop at a hundred and fifty thousand entries in all revisions together', () => {
    const entries = (from: number) => Object.fromEntries(Array.from({ length: 76_000 }, (_, i) => [from + i, 15]));
    const file = appendRevision(sealedPdf({}, { entries: entries(100) }), {}, { entries: entries(100_000) });
    expect(() => inspectPdf(file)).toThrow(expect.objectContaining({ code: 'PDF_LIMIT_EXCEEDED' }));
  });

  it('end the list of problems at a hundred', () => {
    const entries = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [100 + i, 20 + i]));
    expect(codes(sealedPdf({}, { entries }))).toHaveLength(100);
  });
});

describe('revisions that list objects again', () => {
  it('change nothing when the entries are as before', () => {
    const file = sealedPdf();
    const at = toText(file).indexOf('5 0 obj');
    const update = appendRevision(file, {}, { entries: { 5: at } });
    expect(codes(update)).toEqual([]);
    expect(levels(update)).toEqual(['none', 'none']);
  });

  it('may not take the entry of another object', () => {
    const file = sealedPdf();
    const update = appendRevision(file, {}, { entries: { 5: toText(file).indexOf('4 0 obj') } });
    expect(codes(update)).toContain('XREF_ENTRY_WRONG');
  });

  it('may not bring an information dictionary written in the trailer', () => {
    expect(inspectPdf(appendRevision(sealedPdf(), {}, { trailer: '/Info<</Title(x)>>' })).revisions[1]).toMatchObject({
      level: 'other',
      changes: [{ object: 0, kind: 'replaced', permitted: false, role: 'document-information' }],
    });
  });
});

describe('values', () => {
  it('are true, false, null, names, numbers and strings; a text may be UTF-8 with its mark', () => {
    const file = sealedPdf({
      1: ROOT.replace('/AcroForm', '/AF[8 0 R]/X[true false null -1.5 /A#20b]/AcroForm'),
      8: '<</F(\xef\xbb\xbf\xe8\xaf\x81)/EF<</F 9 0 R>>>>',
      9: stream('x'),
    });
    expect(codes(file)).toEqual([]);
    expect(inspectPdf(file).attachments.map(({ name }) => name)).toEqual(['证']);
  });

  it.each([
    ['a name with half an escape', '/A#2'],
    ['a name with an escape that is none', '/A#zz'],
    ['a name with an escaped zero', '/A#00'],
    ['a string in hexadecimal without an end', '<00'],
    ['a keyword of forty letters', 'k'.repeat(40)],
    ['nothing', ''],
  ])('may not be %s', (_, value) => {
    expect(codes(sealedPdf({ 8: value }))).toContain('OBJECT_BROKEN');
  });

  it('may not be a name whose escape runs over the end of the file', () => {
    expect(codes(latin1('%PDF-1.7\nstartxref\n23\n\n1 0 obj/A#'))).toContain('XREF_BROKEN');
  });

  it('continue a string over a line end of any kind', () => {
    const name = (text: string) =>
      inspectPdf(sealedPdf({ 7: BODIES[7]!.replace('(Signer)', `(${text})`) })).signatures[0]!.claims.name;
    expect([name('a\\\rb'), name('a\\\r\nb'), name('a\\\nb')]).toEqual(['ab', 'ab', 'ab']);
  });
});

describe('attached files', () => {
  it('are none where a specification embeds nothing', () => {
    expect(inspectPdf(sealedPdf({ 1: ROOT.replace('/AcroForm', '/AF[<</F(x)>>]/AcroForm') })).attachments).toEqual([]);
  });
});

describe('signatures', () => {
  it('that stand in the field itself, or in a field without a number, are found', () => {
    const value = BODIES[7]!;
    const inField = inspectPdf(sealedPdf({ 6: BODIES[6]!.replace('7 0 R', value), 7: 'null' }));
    expect(inField.signatures.map(({ fieldName, object }) => [fieldName, object])).toEqual([['Seal', 6]]);
    const inForm = inspectPdf(
      sealedPdf({ 1: ROOT.replace('[6 0 R]', `[<</FT/Sig/T(Direct)/V${value}>>]`), 6: 'null', 7: 'null' }),
    );
    expect(inForm.signatures.map(({ fieldName, object, revisionIndex }) => [fieldName, object, revisionIndex])).toEqual(
      [['Direct', 0, 0]],
    );
  });

  it('that lost their fields in one update are both said to be removed', () => {
    const two = sealedPdf({
      1: ROOT.replace('[6 0 R]', '[6 0 R 8 0 R]'),
      8: BODIES[6]!.replace('(Seal)', '(Other)').replace('7 0 R', '9 0 R'),
      9: '<</Type/Sig>>',
    });
    const { signatures } = inspectPdf(appendRevision(two, { 1: ROOT.replace('[6 0 R]', '[]') }));
    expect(signatures.map(({ fieldName, problems }) => [fieldName, problems.map(({ code }) => code)])).toEqual([
      ['Seal', expect.arrayContaining(['SIGNATURE_REMOVED'])],
      ['Other', expect.arrayContaining(['SIGNATURE_REMOVED'])],
    ]);
  });

  it.each([
    ['of one byte', '30', []],
    ['of indefinite length', '3080020101', []],
    ['cut off in its length', '3084', []],
    ['with bytes behind its end', '300201010105', ['CONTENTS_TRAILING_DATA']],
  ])('whose value is an element %s are described as far as they go', (_, hex, expected) => {
    const { signatures } = inspectPdf(plainPdf({ ...BODIES, 7: `<</Type/Sig/Contents<${hex}>>>` }));
    expect(signatures[0]!.contentsProblems.map(({ code }) => code)).toEqual(expected);
  });
});
