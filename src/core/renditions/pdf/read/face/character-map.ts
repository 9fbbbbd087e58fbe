import { PdfKeyword, PdfParser } from '../parser.js';
import { PdfArray, PdfString, utf16, type PdfValue } from '../objects.js';

/** More than a font has glyphs. */
const MAX_ENTRIES = 70_000;

/** Character code → text, from a ToUnicode CMap (ISO 32000-2 9.10.3). What cannot be read is not in the map. */
export function readCharacterMap(bytes: Uint8Array): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  const parser = new PdfParser(bytes, 0, bytes.length, false);
  let operands: PdfValue[] = [];
  for (let token = parser.next(); token !== undefined && map.size < MAX_ENTRIES; token = parser.next()) {
    if (!(token instanceof PdfKeyword)) {
      operands.push(token);
      continue;
    }
    if (token.word === 'endbfchar') addCharacters(map, operands);
    else if (token.word === 'endbfrange') addRanges(map, operands);
    operands = [];
  }
  return map;
}

function addCharacters(map: Map<number, string>, operands: readonly PdfValue[]): void {
  for (let i = 0; i + 1 < operands.length; i += 2) {
    const [code, text] = [operands[i], operands[i + 1]];
    if (code instanceof PdfString && text instanceof PdfString) map.set(numberOf(code), utf16(text.bytes()));
  }
}

function addRanges(map: Map<number, string>, operands: readonly PdfValue[]): void {
  for (let i = 0; i + 2 < operands.length; i += 3) {
    const [from, to, target] = [operands[i], operands[i + 1], operands[i + 2]];
    if (!(from instanceof PdfString) || !(to instanceof PdfString)) continue;
    const first = numberOf(from);
    const last = Math.min(numberOf(to), first + 0xffff);
    for (let code = first; code <= last && map.size < MAX_ENTRIES; code++) {
      const text = target instanceof PdfArray ? target.items[code - first] : target;
      if (!(text instanceof PdfString)) break;
      map.set(code, target instanceof PdfArray ? utf16(text.bytes()) : plus(utf16(text.bytes()), code - first));
    }
  }
}

/** The last UTF-16 unit counts up. */
function plus(text: string, offset: number): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + offset);
}

function numberOf(code: PdfString): number {
  let value = 0;
  for (const byte of code.bytes().subarray(0, 4)) value = value * 256 + byte;
  return value;
}
