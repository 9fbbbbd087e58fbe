import { inflate } from '#primitives';
import { recover } from '../../../errors/index.js';
import { limitExceeded, malformed } from './errors.js';
import { PdfArray, PdfDict, hexBytes, integerOf, nameOf, type PdfStream, type PdfValue } from './objects.js';

/** Bytes that one inspection may inflate in all: a bomb stops here, however many streams it is spread over. */
export class InflateBudget {
  constructor(private left: number) {}

  inflate(data: Uint8Array): Uint8Array {
    const out = recover(
      () => inflate(data, this.left),
      ({ code }) => {
        throw code === 'INFLATE_TOO_LARGE' ? limitExceeded('inflated bytes') : malformed('compressed data', 0);
      },
    );
    this.left -= out.length;
    return out;
  }
}

type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

/** No honest stream is wrapped more often. */
const MAX_FILTERS = 4;

/**
 * Decodes a stream (ISO 32000-2 7.4): FlateDecode with its predictors and ASCIIHexDecode.
 * Throws PDF_MALFORMED for any other filter or for broken data, PDF_LIMIT_EXCEEDED for a bomb.
 */
export function decodeStream(stream: PdfStream, resolve: Resolve, budget: InflateBudget): Uint8Array {
  const filters = listOf(resolve(stream.dict.get('Filter')));
  const parameters = listOf(resolve(stream.dict.get('DecodeParms')));
  if (filters.length > MAX_FILTERS || stream.dict.get('F') !== undefined) throw malformed('filters', stream.dataStart);
  let data = stream.raw();
  for (let i = 0; i < filters.length; i++) {
    const name = nameOf(resolve(filters[i]));
    if (name === 'FlateDecode' || name === 'Fl')
      data = unpredict(budget.inflate(data), resolve(parameters[i]), resolve);
    else if (name === 'ASCIIHexDecode' || name === 'AHx') data = asciiHex(data);
    else throw malformed(`filter ${name ?? '?'}`, stream.dataStart);
  }
  return data;
}

function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined || value === null) return [];
  return value instanceof PdfArray ? value.items : [value];
}

function asciiHex(data: Uint8Array): Uint8Array {
  const end = data.indexOf(62);
  return hexBytes(data, 0, end < 0 ? data.length : end);
}

/** 7.4.4.4: TIFF predictor (2) is not read; 10 to 15 are the PNG row filters. */
function unpredict(data: Uint8Array, parameters: PdfValue | undefined, resolve: Resolve): Uint8Array {
  if (!(parameters instanceof PdfDict)) return data;
  const number = (key: string, absent: number) => integerOf(resolve(parameters.get(key)) ?? absent) ?? -1;
  const predictor = number('Predictor', 1);
  if (predictor === 1) return data;
  const bitsPerPixel = number('Colors', 1) * number('BitsPerComponent', 8);
  const row = Math.ceil((bitsPerPixel * number('Columns', 1)) / 8);
  if (predictor < 10 || predictor > 15 || bitsPerPixel < 1 || bitsPerPixel > 256 || row < 1 || row > 1 << 20)
    throw malformed('predictor', 0);
  return pngRows(data, row, Math.max(1, bitsPerPixel >> 3));
}

function pngRows(data: Uint8Array, row: number, step: number): Uint8Array {
  const rows = Math.floor(data.length / (row + 1));
  if (rows * (row + 1) !== data.length) throw malformed('predictor rows', 0);
  const out = new Uint8Array(rows * row);
  for (let r = 0; r < rows; r++) {
    const kind = data[r * (row + 1)]!;
    const to = r * row;
    if (kind > 4) throw malformed('predictor row', 0);
    for (let i = 0; i < row; i++) {
      const left = i >= step ? out[to + i - step]! : 0;
      const up = r > 0 ? out[to + i - row]! : 0;
      const corner = r > 0 && i >= step ? out[to + i - row - step]! : 0;
      out[to + i] = data[r * (row + 1) + 1 + i]! + predicted(kind, left, up, corner);
    }
  }
  return out;
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default:
      return paeth(left, up, corner);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
