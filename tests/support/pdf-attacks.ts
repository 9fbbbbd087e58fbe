import { deflate } from '#primitives';
import { concat, latin1 } from '../../src/core/encoding/index.js';
import type { PdfProblemCode } from '../../src/core/renditions/index.js';
import {
  BODIES,
  DSS_BODIES,
  PAGE,
  ROOT,
  SIGNATURE,
  TIMESTAMP_BODIES,
  appendRevision,
  lastStartxref,
  plainPdf,
  replaced,
  seal,
  sealedPdf,
  stream,
  toText,
} from './pdf-samples.js';

/** A forged file and what must be seen in it: a structure problem, or a change after the seal that nothing allows. */
export interface PdfAttack {
  readonly name: string;
  readonly make: () => Uint8Array;
  readonly shows: PdfProblemCode | 'other-changes';
}

const EVIL = stream('BT /F1 12 Tf 72 700 Td (Evil!) Tj ET');
const signatureWith = (from: string | RegExp, to: string) => ({ 7: SIGNATURE.replace(from, () => to) });
const CONTENTS = /\/Contents<0+>/;
const RANGE = /\/ByteRange\[0 \* +\]/;
/** Not sealed through `seal`, which needs a place for the value. */
const unsealed = (bodies: Readonly<Record<number, string>>) =>
  latin1(toText(plainPdf({ ...BODIES, ...bodies })).replace('[0 *', '[0 1'));
const sealedText = () => toText(sealedPdf());
const FILLED = /(?<=ByteRange)\[0 (\d+) (\d+) (\d+) *\]/;
const rangeOf = (text: string) => FILLED.exec(text)!.slice(1, 4).map(Number) as [number, number, number];

/** Rewrites the sealed file's ByteRange in place, at the same width. */
function withRange(rewrite: (a: number, b: number, c: number) => string): Uint8Array {
  const text = sealedText();
  const old = FILLED.exec(text)![0];
  return latin1(
    text.replace(
      old,
      rewrite(...rangeOf(text))
        .padEnd(old.length - 1)
        .slice(0, old.length - 1) + ']',
    ),
  );
}

/** Rewrites the digits of `/Contents` in place. */
function withDigits(rewrite: (digits: string) => string): Uint8Array {
  const text = sealedText();
  const [a, b] = rangeOf(text);
  return latin1(text.slice(0, a + 1) + rewrite(text.slice(a + 1, b - 1)) + text.slice(b - 1));
}

const universalForgery: readonly PdfAttack[] = [
  { name: 'without /Contents', make: () => unsealed(signatureWith(CONTENTS, '')), shows: 'CONTENTS_MISSING' },
  {
    name: 'with /Contents null',
    make: () => unsealed(signatureWith(CONTENTS, '/Contents null')),
    shows: 'CONTENTS_MISSING',
  },
  {
    name: 'with empty /Contents',
    make: () => unsealed(signatureWith(CONTENTS, '/Contents<>')),
    shows: 'CONTENTS_EMPTY',
  },
  { name: 'with zeros in /Contents', make: () => seal(plainPdf(BODIES), new Uint8Array(0)), shows: 'CONTENTS_EMPTY' },
  {
    name: 'with a number as /Contents',
    make: () => unsealed(signatureWith(CONTENTS, '/Contents 0')),
    shows: 'CONTENTS_MISSING',
  },
  { name: 'without /ByteRange', make: () => unsealed(signatureWith(RANGE, '')), shows: 'BYTE_RANGE_MISSING' },
  {
    name: 'with /ByteRange null',
    make: () => unsealed(signatureWith(RANGE, '/ByteRange null')),
    shows: 'BYTE_RANGE_MISSING',
  },
  {
    name: 'with an empty /ByteRange',
    make: () => unsealed(signatureWith(RANGE, '/ByteRange[]')),
    shows: 'BYTE_RANGE_MALFORMED',
  },
  { name: 'with zeros in /ByteRange', make: () => withRange(() => '[0 0 0 0'), shows: 'BYTE_RANGE_GAP' },
  {
    name: 'with a field value that is no dictionary',
    make: () => unsealed({ 6: BODIES[6]!.replace('7 0 R', '99 0 R') }),
    shows: 'SIGNATURE_FIELD_EMPTY',
  },
  {
    name: 'with a signature that no field shows',
    make: () => sealedPdf({ 6: BODIES[6]!.replace('/V 7 0 R', '') }),
    shows: 'SIGNATURE_WITHOUT_FIELD',
  },
];

const incrementalSaving: readonly PdfAttack[] = [
  {
    name: 'content replaced by an update',
    make: () => appendRevision(sealedPdf(), { 4: EVIL }),
    shows: 'other-changes',
  },
  {
    name: 'an object appended without any table',
    make: () => concat([sealedPdf(), latin1(`4 0 obj\n${EVIL}\nendobj\n`)]),
    shows: 'REVISION_BROKEN',
  },
  {
    name: 'an update whose trailer is cut off',
    make: () => cutTrailer(appendRevision(sealedPdf(), { 4: EVIL })),
    shows: 'REVISION_BROKEN',
  },
  {
    name: 'an update with a startxref into nothing',
    make: () => appendRevision(sealedPdf(), { 4: EVIL }, { startxref: () => 999999 }),
    shows: 'STARTXREF_INVALID',
  },
  {
    name: 'an update whose startxref is off by one',
    make: () => appendRevision(sealedPdf(), { 4: EVIL }, { startxref: (n) => n + 1 }),
    shows: 'STARTXREF_INVALID',
  },
  {
    name: 'a catalogue exchanged by a trailer',
    make: () => appendRevision(sealedPdf(), { 40: ROOT }, { trailer: '/Root 40 0 R' }),
    shows: 'other-changes',
  },
  {
    name: 'document information added',
    make: () => appendRevision(sealedPdf(), { 40: '<</Title(x)>>' }, { trailer: '/Info 40 0 R' }),
    shows: 'other-changes',
  },
  {
    name: 'the seal removed from its field',
    make: () => appendRevision(sealedPdf(), { 6: BODIES[6]!.replace('/V 7 0 R', '') }),
    shows: 'SIGNATURE_REMOVED',
  },
  {
    name: 'the seal replaced by another',
    make: () => appendRevision(sealedPdf(), { 7: SIGNATURE }),
    shows: 'SIGNATURE_REMOVED',
  },
  { name: 'an object freed', make: () => freeing(sealedPdf(), 4), shows: 'other-changes' },
];

function cutTrailer(file: Uint8Array): Uint8Array {
  return file.subarray(0, toText(file).lastIndexOf('trailer'));
}

function freeing(file: Uint8Array, num: number): Uint8Array {
  const update = `xref\n${num} 1\n0000000000 00001 f \ntrailer\n<</Size 100/Root 1 0 R/Prev ${lastStartxref(file)}>>\nstartxref\n${file.length}\n%%EOF\n`;
  return concat([file, latin1(update)]);
}

const wrapping: readonly PdfAttack[] = [
  { name: 'a gap wider than the value', make: () => widerGap(), shows: 'BYTE_RANGE_GAP' },
  {
    name: 'a gap that leaves out a bracket',
    make: () => withRange((a, b, c) => `[0 ${a + 1} ${b} ${c}`),
    shows: 'BYTE_RANGE_GAP',
  },
  { name: 'a value somewhere else than in the gap', make: () => wrapped(), shows: 'BYTE_RANGE_GAP' },
  {
    name: 'data behind the value',
    make: () => withDigits((digits) => digits.slice(0, -2) + '01'),
    shows: 'CONTENTS_TRAILING_DATA',
  },
];

/** Bytes between `>` and the second range. */
function widerGap(): Uint8Array {
  const text = toText(sealedPdf({ 7: SIGNATURE.replace(/(\/Contents<0+>)/, '$1/Evil(not covered)') }));
  const [a, b, c] = rangeOf(text);
  const old = FILLED.exec(text)![0];
  return latin1(text.replace(old, `[0 ${a} ${b + 18} ${c - 18}`.padEnd(old.length - 1) + ']'));
}

/** The gap is a string of zeros beside the value that would be checked. */
function wrapped(): Uint8Array {
  const text = toText(sealedPdf({ 7: SIGNATURE.replace(/(\/Contents<0+>)/, '$1/Decoy<0000>') }));
  const [at, end] = [text.indexOf('<0000>'), text.length];
  const old = FILLED.exec(text)![0];
  return latin1(text.replace(old, `[0 ${at} ${at + 6} ${end - at - 6}`.padEnd(old.length - 1) + ']'));
}

const shadow: readonly PdfAttack[] = [
  {
    name: 'a second version of an object that no table lists',
    make: () => sealedPdf({}, { before: `4 0 obj\n${EVIL}\nendobj\n` }),
    shows: 'OBJECT_TWICE',
  },
  {
    name: 'a prepared object that no table lists',
    make: () => sealedPdf({}, { before: `50 0 obj\n${EVIL}\nendobj\n` }),
    shows: 'BYTES_BETWEEN_OBJECTS',
  },
  {
    name: 'comments between objects',
    make: () => sealedPdf({}, { before: '% 50 0 obj\n' }),
    shows: 'BYTES_BETWEEN_OBJECTS',
  },
  { name: 'a later table that activates what was prepared', make: () => activated(), shows: 'other-changes' },
  {
    name: 'an entry that points behind its own revision',
    make: () => appendRevision(sealedPdf({}, { entries: { 60: 9000 } }), { 61: stream('x'.repeat(9000)) }),
    shows: 'XREF_ENTRY_WRONG',
  },
  {
    name: 'the font exchanged',
    make: () => appendRevision(sealedPdf(), { 5: '<</Type/Font/Subtype/Type1/BaseFont/Symbol>>' }),
    shows: 'other-changes',
  },
  {
    name: 'a page added',
    make: () => appendRevision(sealedPdf(), { 2: '<</Type/Pages/Kids[3 0 R 60 0 R]/Count 2>>', 60: PAGE }),
    shows: 'other-changes',
  },
];

/** Object 8 was there when the file was sealed; the update only turns a table entry. */
function activated(): Uint8Array {
  const file = sealedPdf({ 8: EVIL });
  return appendRevision(file, {}, { entries: { 4: toText(file).indexOf('8 0 obj') } });
}

const annotations: readonly PdfAttack[] = [
  {
    name: 'an annotation over the content',
    make: () =>
      appendRevision(sealedPdf(), {
        3: PAGE.replace('[6 0 R]', '[6 0 R 60 0 R]'),
        60: '<</Type/Annot/Subtype/FreeText/Rect[0 0 595 842]/Contents(x)>>',
      }),
    shows: 'other-changes',
  },
  {
    name: 'a time-stamp field that can be seen',
    make: () => stamped({ 30: TIMESTAMP_BODIES[30]!.replace('[0 0 0 0]', '[0 0 500 500]') }),
    shows: 'other-changes',
  },
  {
    name: 'a time-stamp field with an appearance',
    make: () => stamped({ 30: TIMESTAMP_BODIES[30]!.replace('/F 132', '/F 132/AP<</N 4 0 R>>') }),
    shows: 'other-changes',
  },
  {
    name: 'another signature in the place of a time-stamp',
    make: () => stamped({ 31: TIMESTAMP_BODIES[31]!.replace('/DocTimeStamp', '/Sig') }),
    shows: 'other-changes',
  },
  {
    name: 'a time-stamp that takes other content with it',
    make: () => stamped({ 3: TIMESTAMP_BODIES[3]!.replace('595', '100') }),
    shows: 'other-changes',
  },
  {
    name: 'a time-stamp that takes a form setting with it',
    make: () => stamped({ 1: TIMESTAMP_BODIES[1]!.replace('/SigFlags 3', '/SigFlags 3/XFA(x)') }),
    shows: 'other-changes',
  },
  {
    name: 'a time-stamp field that pushes the seal from the form',
    make: () => stamped({ 1: TIMESTAMP_BODIES[1]!.replace('[6 0 R 30 0 R]', '[30 0 R]') }),
    shows: 'other-changes',
  },
];

const stamped = (bodies: Readonly<Record<number, string>>) =>
  seal(appendRevision(sealedPdf(), { ...TIMESTAMP_BODIES, ...bodies }));

const validationData: readonly PdfAttack[] = [
  {
    name: 'evidence that the page already refers to',
    make: () => appendRevision(sealedPdf({ 3: PAGE.replace('4 0 R', '[4 0 R 21 0 R]') }), DSS_BODIES),
    shows: 'other-changes',
  },
  {
    name: 'evidence that replaces content',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 20: '<</Certs[4 0 R]>>', 4: EVIL }),
    shows: 'other-changes',
  },
  {
    name: 'evidence with a filter that needs more',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 21: stream('x', '/DecodeParms<<>>') }),
    shows: 'other-changes',
  },
  {
    name: 'an unknown key in the store',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 20: '<</Certs[21 0 R]/JS(x)>>' }),
    shows: 'other-changes',
  },
  {
    name: 'a list of something else',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 20: '<</Certs[3 0 R]>>' }),
    shows: 'other-changes',
  },
  {
    name: 'a store that is not one',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 20: '[21 0 R]' }),
    shows: 'other-changes',
  },
  {
    name: 'a VRI entry that is not one',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 20: '<</VRI<</AABB<</Cert 5>>>>>>' }),
    shows: 'other-changes',
  },
  {
    name: 'an action beside the store',
    make: () =>
      appendRevision(sealedPdf(), {
        ...DSS_BODIES,
        1: DSS_BODIES[1]!.replace('/DSS', '/OpenAction<</S/JavaScript/JS(x)>>/DSS'),
      }),
    shows: 'other-changes',
  },
  {
    name: 'an object that belongs to nothing',
    make: () => appendRevision(sealedPdf(), { ...DSS_BODIES, 70: EVIL }),
    shows: 'other-changes',
  },
  {
    name: 'the store taken away again',
    make: () => appendRevision(appendRevision(sealedPdf(), DSS_BODIES), { 1: ROOT }),
    shows: 'other-changes',
  },
];

const byteRange: readonly PdfAttack[] = [
  { name: 'leading zeros', make: () => withRange((a, b, c) => `[00 ${a} ${b} ${c}`), shows: 'BYTE_RANGE_MALFORMED' },
  {
    name: 'a comment inside',
    make: () => withRange((a, b, c) => `[0 ${a} ${b} ${c} %\n`),
    shows: 'BYTE_RANGE_MALFORMED',
  },
  {
    name: 'a negative number',
    make: () => withRange((a, b, c) => `[0 ${a} ${b} -${c}`),
    shows: 'BYTE_RANGE_MALFORMED',
  },
  { name: 'a fraction', make: () => withRange((a, b, c) => `[0 ${a} ${b}. ${c}`), shows: 'BYTE_RANGE_MALFORMED' },
  { name: 'two numbers', make: () => withRange((a) => `[0 ${a}`), shows: 'BYTE_RANGE_MALFORMED' },
  {
    name: 'a start behind the first byte',
    make: () => withRange((a, b, c) => `[1 ${a - 1} ${b} ${c}`),
    shows: 'BYTE_RANGE_START',
  },
  { name: 'an uncovered tail', make: () => withRange((a, b, c) => `[0 ${a} ${b} ${c - 20}`), shows: 'BYTE_RANGE_END' },
  {
    name: 'an end behind the file',
    make: () => withRange((a, b, c) => `[0 ${a} ${b} ${c + 20}`),
    shows: 'BYTE_RANGE_END',
  },
  {
    name: 'a number of twenty digits',
    make: () => withRange((a, b) => `[0 ${a} ${b} 99999999999999999999`),
    shows: 'BYTE_RANGE_MALFORMED',
  },
  {
    name: 'a range kept in another object',
    make: () => unsealed({ ...signatureWith(RANGE, '/ByteRange 8 0 R'), 8: '[0 1 2 3]' }),
    shows: 'CONTENTS_INDIRECT',
  },
];

const contents: readonly PdfAttack[] = [
  { name: 'an odd number of digits', make: () => oddDigits(), shows: 'CONTENTS_ODD' },
  {
    name: 'digits of both cases',
    make: () => withDigits((digits) => digits.replace('ab', 'aB')),
    shows: 'CONTENTS_MIXED_CASE',
  },
  {
    name: 'white space among the digits',
    make: () => withDigits((digits) => ' \n' + digits.slice(2)),
    shows: 'CONTENTS_NOT_HEX',
  },
  {
    name: 'a literal string',
    make: () => unsealed(signatureWith(CONTENTS, '/Contents(0000000000000000)')),
    shows: 'CONTENTS_NOT_HEX',
  },
  {
    name: 'a value in another object',
    make: () => unsealed({ ...signatureWith(CONTENTS, '/Contents 8 0 R'), 8: '<3003020101>' }),
    shows: 'CONTENTS_INDIRECT',
  },
  {
    name: 'a signature dictionary inside an object stream',
    make: () => compressedSignature(),
    shows: 'SIGNATURE_IN_OBJECT_STREAM',
  },
];

/** One digit less and a blank behind the string; the range follows. */
function oddDigits(): Uint8Array {
  const text = sealedText();
  const [a, b, c] = rangeOf(text);
  const old = FILLED.exec(text)![0];
  const shorter = text.slice(0, b - 2) + '> ' + text.slice(b);
  return latin1(shorter.replace(old, `[0 ${a} ${b - 1} ${c + 1}`.padEnd(old.length - 1) + ']'));
}

const fields: readonly PdfAttack[] = [
  {
    name: 'one seal shown by two fields',
    make: () => sealedPdf({ 1: ROOT.replace('[6 0 R]', '[6 0 R 8 0 R]'), 8: BODIES[6]!.replace('(Seal)', '(Other)') }),
    shows: 'SIGNATURE_SHARED',
  },
  {
    name: 'two seals for one field',
    make: () =>
      sealedPdf({
        1: ROOT.replace('[6 0 R]', '[6 0 R 8 0 R]'),
        8: BODIES[6]!.replace('7 0 R', '9 0 R'),
        9: '<</Type/Sig>>',
      }),
    shows: 'SIGNATURE_SHARED',
  },
  {
    name: 'two seals in one revision',
    make: () => sealedPdf({ 9: '<</Type/Sig>>' }),
    shows: 'SIGNATURES_IN_ONE_REVISION',
  },
  {
    name: 'permissions that name nothing',
    make: () => sealedPdf({ 1: ROOT.replace('/Perms<</DocMDP 7 0 R>>', '') }),
    shows: 'DOCMDP_MISPLACED',
  },
  {
    name: 'permissions without a certification',
    make: () => sealedPdf({ 7: SIGNATURE.replace(/\/Reference\[.*?\]/, '') }),
    shows: 'DOCMDP_MISPLACED',
  },
];

const differentials: readonly PdfAttack[] = [
  {
    name: 'a number listed twice in one table',
    make: () => replaced(sealedPdf(), '5 1\n', '4 1\n'),
    shows: 'XREF_NUMBER_TWICE',
  },
  { name: 'an entry that points beside its object', make: () => shiftedEntry(), shows: 'XREF_ENTRY_WRONG' },
  {
    name: 'an entry that points to another object',
    make: () => sealedPdf({}, { entries: { 8: 15 } }),
    shows: 'XREF_ENTRY_WRONG',
  },
  { name: 'an object inside another', make: () => overlapping(), shows: 'OBJECT_OVERLAP' },
  {
    name: 'a key named twice',
    make: () => sealedPdf({ 3: PAGE.replace('>>>>/Contents', '>>>>/Contents 5 0 R/Contents') }),
    shows: 'KEY_TWICE',
  },
  { name: 'a trailer key named twice', make: () => sealedPdf({}, { trailer: '/Root 2 0 R' }), shows: 'KEY_TWICE' },
  { name: 'a chain of tables in a circle', make: () => circle(), shows: 'PREV_LOOP' },
  { name: 'a chain that leads nowhere', make: () => sealedPdf({}, { prev: '/Prev 3' }), shows: 'XREF_BROKEN' },
  { name: 'a hybrid file', make: () => sealedPdf({}, { trailer: '/XRefStm 9' }), shows: 'XREF_HYBRID' },
  { name: 'bytes before the header', make: () => concat([latin1('junk\n'), sealedPdf()]), shows: 'HEADER_MISPLACED' },
  { name: 'bytes behind the end', make: () => concat([sealedPdf(), latin1('\n \n')]), shows: 'TRAILING_BYTES' },
  {
    name: 'an encrypted file',
    make: () => sealedPdf({}, { trailer: '/Encrypt<</Filter/Standard>>' }),
    shows: 'ENCRYPTED',
  },
  {
    name: 'a stream longer than it says',
    make: () => sealedPdf({ 4: stream('BT ET').replace('/Length 5', '/Length 3') }),
    shows: 'STREAM_LENGTH_WRONG',
  },
  {
    name: 'a stream of its own length',
    make: () => sealedPdf({ 4: stream('BT ET').replace('/Length 5', '/Length 4 0 R') }),
    shows: 'STREAM_LENGTH_WRONG',
  },
  { name: 'an object that breaks off', make: () => sealedPdf({ 8: '<</Broken' }), shows: 'OBJECT_BROKEN' },
  { name: 'a file without a catalogue', make: () => sealedPdf({ 1: 'null' }), shows: 'ROOT_MISSING' },
  {
    name: 'a page tree in a circle',
    make: () => sealedPdf({ 2: '<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>' }),
    shows: 'PAGES_BROKEN',
  },
  {
    name: 'entries of odd length',
    make: () => replaced(sealedPdf(), ' 00000 n \n', ' 00000 n\n'),
    shows: 'XREF_BROKEN',
  },
];

function shiftedEntry(): Uint8Array {
  const file = sealedPdf();
  const at = String(toText(file).indexOf('\n5 0 obj') + 1);
  return replaced(file, at.padStart(10, '0'), String(Number(at) + 1).padStart(10, '0'));
}

function overlapping(): Uint8Array {
  const bodies = { ...BODIES, 8: stream('9 0 obj\n(inside)\nendobj') };
  return seal(plainPdf(bodies, { entries: { 9: toText(plainPdf(bodies)).indexOf('9 0 obj') } }));
}

/** The oldest table has room for a `/Prev`; it is made to point to the newest. */
function circle(): Uint8Array {
  const file = appendRevision(sealedPdf({}, { trailer: '/Prfv 000000' }), DSS_BODIES);
  return replaced(file, '/Prfv 000000', `/Prev ${String(lastStartxref(file)).padStart(6, '0')}`);
}

/** A file with object streams and a cross-reference stream, made by hand; `inner` are the objects inside the stream. */
export function compressedPdf(
  bodies: Readonly<Record<number, string>>,
  inner: Readonly<Record<number, string>>,
  zip = true,
): Uint8Array {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const rows = new Map<number, [number, number, number]>([[0, [0, 0, 255]]]);
  const write = (num: number, body: string) => {
    rows.set(num, [1, text.length, 0]);
    text += `${num} 0 obj\n${body}\nendobj\n`;
  };
  for (const [num, body] of Object.entries(bodies)) write(Number(num), body);
  let [head, content] = ['', ''];
  Object.entries(inner).forEach(([num, body], index) => {
    head += `${num} ${content.length} `;
    content += body + ' ';
    rows.set(Number(num), [2, 90, index]);
  });
  const data = toText(deflate(latin1(head + content), 6));
  write(
    90,
    stream(
      zip ? data : head + content,
      `/Type/ObjStm/N ${Object.keys(inner).length}/First ${head.length}${zip ? '/Filter/FlateDecode' : ''}`,
    ),
  );
  const at = text.length;
  rows.set(91, [1, at, 0]);
  const nums = [...rows.keys()].sort((a, b) => a - b);
  // Rows of 1, 3 and 1 bytes through the "up" predictor of PNG.
  let [before, filtered] = [[0, 0, 0, 0, 0], ''];
  for (const num of nums) {
    const [kind, second, third] = rows.get(num)!;
    const row = [kind, (second >> 16) & 255, (second >> 8) & 255, second & 255, third];
    filtered += String.fromCharCode(2, ...row.map((value, i) => (value - before[i]!) & 255));
    before = row;
  }
  const index = nums.map((num) => `${num} 1`).join(' ');
  const packed = toText(deflate(latin1(filtered), 6));
  text += `91 0 obj\n${stream(packed, `/Type/XRef/Size 92/Root 1 0 R/W[1 3 1]/Index[${index}]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 5>>`)}\nendobj\nstartxref\n${at}\n%%EOF\n`;
  return latin1(text);
}

function compressedSignature(): Uint8Array {
  const { 7: signature, ...bodies } = BODIES;
  return compressedPdf(bodies, { 7: signature!.replace('[0 *', '[0 1') });
}

export const PDF_ATTACKS: Readonly<Record<string, readonly PdfAttack[]>> = {
  'universal signature forgery': universalForgery,
  'incremental saving': incrementalSaving,
  'signature wrapping': wrapping,
  'shadow content': shadow,
  'annotations and fields after sealing': annotations,
  'validation data as a disguise': validationData,
  '/ByteRange tricks': byteRange,
  '/Contents tricks': contents,
  'signature fields': fields,
  'files that two readers read differently': differentials,
};
