import { concat, latin1 } from '../../../encoding/index.js';

/** CIE XYZ under D50 of the sRGB primaries, as ICC profiles of IEC 61966-2-1 give them. */
const WHITE = [0.9642, 1, 0.8249] as const;
const RED = [0.43607, 0.22249, 0.01392] as const;
const GREEN = [0.38515, 0.71687, 0.09708] as const;
const BLUE = [0.14307, 0.06061, 0.7141] as const;
const CURVE_POINTS = 1024;

/** An ICC version 2 matrix profile of sRGB, made here: the output intent of PDF/A needs one. Always the same bytes. */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve();
  const tags: [string, Uint8Array][] = [
    ['desc', description('sRGB')],
    ['cprt', concat([latin1('text'), new Uint8Array(4), latin1('Public domain\0')])],
    ['wtpt', xyz(WHITE)],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  // Equal values are stored once.
  const places = new Map<Uint8Array, number>();
  const bodies: Uint8Array[] = [];
  let at = 128 + 4 + 12 * tags.length;
  for (const [, body] of tags) {
    if (places.has(body)) continue;
    places.set(body, at);
    const padded = new Uint8Array((body.length + 3) & ~3);
    padded.set(body);
    bodies.push(padded);
    at += padded.length;
  }
  const table = new Uint8Array(4 + 12 * tags.length);
  const view = new DataView(table.buffer);
  view.setUint32(0, tags.length);
  tags.forEach(([tag, body], i) => {
    table.set(latin1(tag), 4 + 12 * i);
    view.setUint32(8 + 12 * i, places.get(body)!);
    view.setUint32(12 + 12 * i, body.length);
  });
  return concat([header(at), table, ...bodies]);
}

/** ICC.1:2001-04 6.1. Its date is that of the standard's amendment: the profile never changes. */
function header(size: number): Uint8Array {
  const bytes = new Uint8Array(128);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, size);
  view.setUint32(8, 0x02400000);
  bytes.set(latin1('mntrRGB XYZ '), 12);
  [2003, 1, 1].forEach((part, i) => view.setUint16(24 + 2 * i, part));
  bytes.set(latin1('acsp'), 36);
  bytes.set(xyz(WHITE).subarray(8), 68);
  return bytes;
}

function fixed(value: number): number {
  return Math.round(value * 65536);
}

function xyz(values: readonly [number, number, number]): Uint8Array {
  const bytes = new Uint8Array(20);
  bytes.set(latin1('XYZ '));
  values.forEach((value, i) => new DataView(bytes.buffer).setInt32(8 + 4 * i, fixed(value)));
  return bytes;
}

/** IEC 61966-2-1: linear near black, then a power. */
function toneCurve(): Uint8Array {
  const bytes = new Uint8Array(12 + 2 * CURVE_POINTS);
  const view = new DataView(bytes.buffer);
  bytes.set(latin1('curv'));
  view.setUint32(8, CURVE_POINTS);
  for (let i = 0; i < CURVE_POINTS; i++) {
    const v = i / (CURVE_POINTS - 1);
    const linear = v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    view.setUint16(12 + 2 * i, Math.round(linear * 65535));
  }
  return bytes;
}

/** textDescriptionType: ASCII text, then an empty Unicode and an empty Macintosh one. */
function description(text: string): Uint8Array {
  const bytes = new Uint8Array(12 + text.length + 1 + 8 + 3 + 67);
  bytes.set(latin1('desc'));
  new DataView(bytes.buffer).setUint32(8, text.length + 1);
  bytes.set(latin1(text), 12);
  return bytes;
}
