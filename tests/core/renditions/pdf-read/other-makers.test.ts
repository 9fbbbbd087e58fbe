import { readFileSync } from 'node:fs';
import { PDFDocument, StandardFonts, rgb } from 'pdf-lib';
import { describe, expect, it } from '@jest/globals';
import { inspectPdf } from '../../../../src/core/renditions/index.js';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

async function pdfLibDocument(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([595, 842]).drawText('Licence 42', { x: 72, y: 700, size: 12, font, color: rgb(0, 0, 0) });
  await document.attach(new TextEncoder().encode('{"a":1}'), 'data.json', { mimeType: 'application/json' });
  return document;
}

describe('inspectPdf and honest files of other makers', () => {
  it.each([true, false])('reads a file of pdf-lib (object streams: %s) without a problem', async (useObjectStreams) => {
    const bytes = await (await pdfLibDocument()).save({ useObjectStreams });
    const inspection = inspectPdf(bytes);
    expect(inspection).toMatchObject({ problems: [], pageCount: 1, signatures: [], activeContent: [] });
    expect(
      inspection.attachments.map(({ name, mediaType, bytes: data }) => [
        name,
        mediaType,
        new TextDecoder().decode(data!),
      ]),
    ).toEqual([['data.json', 'application/json', '{"a":1}']]);
    expect(inspection.face().runs.map(({ text, path, font }) => [text, path, font.name])).toEqual([
      ['Licence 42', null, 'Helvetica'],
    ]);
    expect(inspection.face()).toMatchObject({ hidden: [], problems: [] });
  });

  it('tells the revisions of an incremental update by pdf-lib apart', async () => {
    const first = await (await pdfLibDocument()).save({ useObjectStreams: false });
    const document = await PDFDocument.load(first, { forIncrementalUpdate: true, updateMetadata: false });
    document.getPage(0).drawText('added', { x: 10, y: 10, size: 10 });
    const bytes = await document.commit({ useObjectStreams: false });
    const inspection = inspectPdf(bytes);
    expect(inspection.problems).toEqual([]);
    expect(inspection.revisions.map(({ level }) => level)).toEqual(['none', 'other']);
    // The first file ends in %%EOF; the line feed that the update begins with ends that line.
    expect(inspection.revisions.map(({ endOffset }) => endOffset)).toEqual([first.length + 1, bytes.length]);
  });

  it('reads two signatures by pyHanko, the second of which came after the first', () => {
    const inspection = inspectPdf(fixture('pyhanko-two-signatures.pdf'));
    expect(inspection.problems).toEqual([]);
    expect(
      inspection.signatures.map(({ fieldName, coverage, revisionIndex, changesAfter, docMdp }) => [
        fieldName,
        coverage.kind,
        revisionIndex,
        changesAfter,
        docMdp,
      ]),
    ).toEqual([
      ['Sig1', 'whole-revision', 1, 'other', null],
      ['Sig2', 'whole-file', 2, 'none', null],
    ]);
    expect(
      inspection.signatures.every(({ contentsProblems, problems }) => contentsProblems.length + problems.length === 0),
    ).toBe(true);
  });

  it('reads a certified B-LT file by pyHanko with cross-reference streams', () => {
    const inspection = inspectPdf(fixture('pyhanko-b-lt.pdf'));
    expect(inspection.problems).toEqual([]);
    expect(inspection.revisions.map(({ level }) => level)).toEqual(['none', 'other', 'long-term-validation']);
    expect(inspection.signatures).toMatchObject([
      {
        fieldName: 'Sig1',
        docMdp: 1,
        coverage: { kind: 'whole-revision' },
        changesAfter: 'long-term-validation',
        subFilter: 'ETSI.CAdES.detached',
      },
    ]);
  });
});
