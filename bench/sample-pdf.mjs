import { randomBytes } from 'node:crypto';

/** A PDF of one page and `size` bytes of picture data: what somebody else made and wants sealed. */
export const plainPdf = (size) => write(pageObjects(size, 5)).bytes;

/** The same with one empty place for a signature, as `sealPdf` takes it. */
export function sealablePdf(size, { filter, subFilter, reservedBytes }) {
  const head = `<</Type/Sig/Filter/${filter}/SubFilter/${subFilter}/M(D:20260101000000Z)/ByteRange`;
  const width = 36;
  const signature = `${head}${' '.repeat(width)}/Contents<${'0'.repeat(2 * reservedBytes)}>>>`;
  const [, pages, page, content, picture] = pageObjects(size, 7, '/Annots[5 0 R]');
  const { bytes, offsets } = write([
    '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>',
    pages,
    page,
    content,
    '<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>',
    signature,
    picture,
  ]);
  const byteRangeOffset = offsets[5] + '6 0 obj\n'.length + head.length;
  const contentsOffset = byteRangeOffset + width + '/Contents'.length;
  const contentsLength = 2 * reservedBytes;
  const after = contentsOffset + contentsLength + 2;
  bytes.set(Buffer.from(`[0 ${contentsOffset} ${after} ${bytes.length - after}]`), byteRangeOffset);
  return { bytes, contentsOffset, contentsLength, byteRangeOffset };
}

function pageObjects(size, pictureNumber, annotations = '') {
  // 4 grey levels a byte: data that does not compress, since nobody's picture would.
  const picture = randomBytes(size).toString('latin1');
  const content = 'q 500 0 0 500 50 200 cm /P Do Q';
  const image = `/Type/XObject/Subtype/Image/Width ${4 * size}/Height 1/ColorSpace/DeviceGray/BitsPerComponent 2`;
  return [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R' +
      `/Resources<</XObject<</P ${pictureNumber} 0 R>>>>${annotations}>>`,
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    `<<${image}/Length ${size}>>\nstream\n${picture}\nendstream`,
  ];
}

function write(objects) {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((body, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const id = randomBytes(16).toString('hex');
  text +=
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}` +
    `trailer\n<</Size ${objects.length + 1}/Root 1 0 R/ID[<${id}><${id}>]>>\nstartxref\n${text.length}\n%%EOF\n`;
  return { bytes: Uint8Array.from(Buffer.from(text, 'latin1')), offsets };
}
