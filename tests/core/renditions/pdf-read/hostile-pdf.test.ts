import { readFileSync } from 'node:fs';
import { deflate } from '#primitives';
import { describe, expect, it } from '@jest/globals';
import { concat, latin1 } from '../../../../src/core/encoding/index.js';
import { isTrustError } from '../../../../src/core/errors/index.js';
import { inspectPdf } from '../../../../src/core/renditions/index.js';
import { compressedPdf } from '../../../support/pdf-attacks.js';
import {
  BODIES,
  DSS_BODIES,
  PAGE,
  ROOT,
  TIMESTAMP_BODIES,
  appendRevision,
  plainPdf,
  seal,
  sealedPdf,
  stream,
  toText,
} from '../../../support/pdf-samples.js';

/** Inspects and draws; a refusal must have a code. Answers the code, or undefined. */
function outcome(bytes: Uint8Array): string | undefined {
  try {
    inspectPdf(bytes).face();
    return undefined;
  } catch (error) {
    if (!isTrustError(error)) throw error;
    return error.code;
  }
}

const bomb = (megabytes: number) => toText(deflate(new Uint8Array(megabytes << 20), 9));
const zipped = (data: Uint8Array, entries = '') => stream(toText(deflate(data, 9)), `/Filter/FlateDecode${entries}`);

describe('inspectPdf and bombs', () => {
  it.each<[string, () => Uint8Array, string | undefined]>([
    [
      'an attachment that inflates to 80 MB',
      () =>
        sealedPdf({
          1: ROOT.replace('/AcroForm', '/AF[8 0 R]/AcroForm'),
          8: '<</EF<</F 9 0 R>>>>',
          9: stream(bomb(80), '/Filter/FlateDecode'),
        }),
      'PDF_LIMIT_EXCEEDED',
    ],
    [
      'an object stream that inflates to 80 MB',
      () => compressedPdf({ 1: ROOT, 9: stream(bomb(80), '/Filter/FlateDecode/Type/ObjStm/N 1/First 4') }, {}),
      undefined,
    ],
    ['arrays a million levels deep', () => sealedPdf({ 8: '['.repeat(1_000_000) + ']'.repeat(1_000_000) }), undefined],
    [
      'dictionaries a hundred thousand levels deep',
      () => sealedPdf({ 8: '<</A'.repeat(100_000) + ' 1' + '>>'.repeat(100_000) }),
      undefined,
    ],
    [
      'two hundred thousand entries',
      () => sealedPdf({}, { entries: Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [i + 100, 15])) }),
      'PDF_LIMIT_EXCEEDED',
    ],
    [
      'a chain of references in a circle',
      () => sealedPdf({ 3: PAGE.replace('4 0 R', '8 0 R'), 8: '9 0 R', 9: '8 0 R' }),
      undefined,
    ],
    [
      'forms that draw themselves',
      () =>
        sealedPdf({
          3: PAGE.replace('/Font', '/XObject<</X 8 0 R>>/Font'),
          4: stream('/X Do'),
          8: stream('/X Do /X Do', '/Subtype/Form'),
        }),
      undefined,
    ],
    ['a page of three million operators', () => sealedPdf({ 4: zipped(latin1('0 g '.repeat(3_000_000))) }), undefined],
    ['a page of saved states without end', () => sealedPdf({ 4: zipped(latin1('q '.repeat(100_000))) }), undefined],
    ['marked content without end', () => sealedPdf({ 4: zipped(latin1('/A BMC '.repeat(100_000))) }), undefined],
    [
      'one operator with a million operands',
      () => sealedPdf({ 4: zipped(latin1('1 '.repeat(1_000_000) + 'g')) }),
      undefined,
    ],
    [
      'width ranges over all numbers',
      () =>
        sealedPdf({
          5: '<</Subtype/Type0/DescendantFonts[8 0 R]>>',
          8: '<</W[-1e300 1e300 5 0 65535 5 0 999999999 5]>>',
        }),
      undefined,
    ],
    [
      'a character map over all numbers',
      () =>
        sealedPdf({
          5: '<</Subtype/Type0/ToUnicode 8 0 R>>',
          8: stream('1 beginbfrange <00000000> <ffffffff> <0041> endbfrange'),
        }),
      undefined,
    ],
    ['a startxref a million times', () => latin1('%PDF-1.7\n' + 'startxref 9 '.repeat(1_000_000)), undefined],
    [
      'objects without end inside a gap',
      () => sealedPdf({}, { before: '9 0 obj<</Length 9>>stream\n'.repeat(20_000) }),
      undefined,
    ],
    [
      'three hundred signatures',
      () => sealedPdf(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [i + 100, '<</Type/Sig>>']))),
      'PDF_LIMIT_EXCEEDED',
    ],
    ['three hundred revisions', () => revisions(300), 'PDF_LIMIT_EXCEEDED'],
    [
      'a length inside a stream whose length is inside another',
      () => compressedPdf({ 1: ROOT, 4: stream('x').replace('/Length 1', '/Length 8 0 R') }, { 8: '1', 9: '2' }),
      undefined,
    ],
  ])('ends, with a bounded answer, on %s', (_, make, code) => {
    expect(outcome(make())).toBe(code);
  });

  it('reads two hundred revisions of an honest file', () => {
    expect(inspectPdf(revisions(200)).revisions).toHaveLength(200);
  });
});

function revisions(count: number): Uint8Array {
  let file = sealedPdf();
  for (let i = 1; i < count; i++) file = appendRevision(file, { [100 + i]: '<</A 1>>' });
  return file;
}

/** Numbers from a seed: a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('inspectPdf and damaged files', () => {
  const samples = [
    sealedPdf(),
    seal(
      appendRevision(appendRevision(sealedPdf(), DSS_BODIES), {
        3: TIMESTAMP_BODIES[3]!,
        30: TIMESTAMP_BODIES[30]!,
        31: TIMESTAMP_BODIES[31]!,
      }),
    ),
    compressedPdf(
      { 3: PAGE.replace('/Annots[6 0 R]', ''), 4: BODIES[4]! },
      { 1: ROOT.replace(/\/AcroForm.*$/, '>>'), 2: BODIES[2]!, 5: BODIES[5]! },
    ),
    plainPdf({ ...BODIES, 7: '<</Type/Sig>>' }),
    new Uint8Array(readFileSync(new URL('fixtures/pyhanko-b-lt.pdf', import.meta.url))),
  ];
  const spices = [
    '[',
    '<<',
    '>>',
    '(',
    'R',
    ' 0 R',
    'endobj',
    'stream\n',
    '/Prev 9',
    '%',
    '-',
    '99999999999',
    '\n',
    '\0',
  ];

  it('answers every damaged file with an inspection or a coded refusal', () => {
    const next = random(20260102);
    for (let round = 0; round < 800; round++) {
      const bytes = samples[next(samples.length)]!.slice();
      for (let hits = next(4); hits >= 0; hits--) {
        const at = next(bytes.length);
        if (next(2) === 0) bytes[at] = next(256);
        else bytes.set(latin1(spices[next(spices.length)]!).subarray(0, bytes.length - at), at);
      }
      const cut = next(5) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
      expect([undefined, 'PDF_NOT_A_PDF', 'PDF_LIMIT_EXCEEDED']).toContain(outcome(cut));
    }
  });

  it('answers parts of files put together in any order', () => {
    const next = random(7);
    for (let round = 0; round < 300; round++) {
      const parts = Array.from({ length: 2 + next(4) }, () => {
        const sample = samples[next(samples.length)]!;
        const from = next(sample.length);
        return sample.subarray(from, from + next(sample.length - from));
      });
      expect([undefined, 'PDF_LIMIT_EXCEEDED']).toContain(outcome(concat([latin1('%PDF-1.7\n'), ...parts])));
    }
  });
});

describe('a sealed file with one byte changed', () => {
  it('is seen: the byte is covered by the digest, or the structure shows it, or the signature value differs', () => {
    const bytes = sealedPdf();
    const [before] = inspectPdf(bytes).signatures;
    const digest = toText(before!.digest('sha256'));
    const value = toText(before!.contents);
    for (let at = 0; at < bytes.length; at++)
      for (const flip of [1, 0x20]) {
        const changed = bytes.slice();
        changed[at]! ^= flip;
        if (outcome(changed) !== undefined) continue;
        const { problems, signatures } = inspectPdf(changed);
        const [after] = signatures;
        const seen =
          problems.length > 0 ||
          !after ||
          after.coverage.kind !== 'whole-file' ||
          after.contentsProblems.length > 0 ||
          toText(after.digest('sha256')) !== digest ||
          toText(after.contents) !== value;
        if (!seen) throw new Error(`byte ${at} changed by ${flip} without a trace`);
      }
    expect(bytes.length).toBeGreaterThan(1000);
  });
});
