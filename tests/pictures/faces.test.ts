import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import jsQR from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { faceFact, faceText, layOut, preparePdf, prepareLayout } from '../../src/core/renditions/index.js';
import type { Box, FaceFact, FontBook, LaidPage, LayoutTemplate } from '../../src/core/renditions/index.js';
import type { Json } from '../../src/core/errors/index.js';
import type { Licence } from '../../src/core/licence/index.js';
import {
  ADDRESS,
  CODE,
  SEAL,
  TYPES,
  composeFace,
  layFace,
  licenceOf,
  loadFonts,
  prepareFace,
  templateOf,
} from './faces.js';
import type { TypeFolder } from './faces.js';
import { drawPages, hasPoppler, isInk, isRed, pixel, pixelsWhere, textOfPages, toPixels } from './poppler.js';
import type { Picture } from './poppler.js';

const describePictures = hasPoppler() ? describe : describe.skip;
const VALUES = ['sample', 'longest'] as const;
const CASES = TYPES.flatMap((type) => VALUES.map((values) => [type, values] as const));

describePictures('the faces of the three licences, drawn without fonts of the system', () => {
  let book: FontBook;
  beforeAll(async () => {
    book = await loadFonts();
    const wasm = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
    prepareZXingModule({
      overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
    });
  });

  it.each(CASES)('%s, %s values: each item alone has ink in its boxes and nowhere else', (type, values) => {
    const { pdf, pages } = itemsAlone(type, licenceOf(type, values), book);
    const pictures = drawPages(pdf, 80, ['-hide-annotations']);
    expect(pictures).toHaveLength(pages.length);
    const found = pictures.map((picture, i) => {
      const { path, boxes } = pages[i]!.items[0]!;
      const { xs, ys } = pixelsWhere(picture, isInk);
      const homes = xs.map((x, k) => boxes.findIndex((box) => contains(box, (x * 25.4) / 80, (ys[k]! * 25.4) / 80)));
      return {
        path,
        strays: homes.filter((home) => home < 0).length,
        empty: boxes.filter((_, home) => !homes.includes(home)).length,
      };
    });
    expect(found).toEqual(pages.map(({ items }) => ({ path: items[0]!.path, strays: 0, empty: 0 })));
  });

  it.each(CASES)('%s, %s values: no two boxes of items meet', (type, values) => {
    const [page] = layFace(prepareFace(type, book), licenceOf(type, values));
    const boxes = page!.items.flatMap(({ path, boxes }) => boxes.map((box) => ({ path, box })));
    const meeting = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => overlap(a.box, b.box))
        .map((b) => `${a.path} and ${b.path}`),
    );
    expect(meeting).toEqual([]);
  });

  it.each(CASES)('%s, %s values: the text drawn for each item is its value', (type, values) => {
    const { pdf, pages } = itemsAlone(type, licenceOf(type, values), book);
    const texts = textOfPages(pdf);
    const drawn = pages.flatMap(({ items }, i) =>
      items[0]!.path === 'photo' ? [] : [[items[0]!.path, bare(texts[i]!)]],
    );
    expect(drawn).toEqual(drawn.map(([path]) => [path, bare(valueOf(licenceOf(type, values), path!))]));
    expect(drawn.length).toBeGreaterThan(8);
  });

  it.each(CASES)(
    '%s, %s values: the whole page holds the words of template and data, and no others',
    (type, values) => {
      const face = prepareFace(type, book);
      const licence = licenceOf(type, values);
      const [page] = layFace(face, licence);
      const [text] = textOfPages(composeFace(face, [page!], licence).bytes);
      const drawn = [page!.fixed, page!.filled].flatMap(({ runs }) => runs.flatMap(({ codePoints }) => codePoints));
      expect(sorted(bare(text!))).toBe(sorted(bare(String.fromCodePoint(...drawn))));
    },
  );

  it.each(TYPES)('%s: the seal is a red circle of its size', (type) => {
    const { pdf, centre } = sealAlone(type, book);
    const [picture] = drawPages(pdf, 200) as [Picture];
    const mm = (pixels: number) => (pixels * 25.4) / 200;
    const { xs, ys } = pixelsWhere(picture, isRed);
    const span = (list: number[]) =>
      mm(list.reduce((a, b) => Math.max(a, b)) - list.reduce((a, b) => Math.min(a, b)) + 1);
    expect(Math.abs(span(xs) - SEAL.diameterMm)).toBeLessThan(0.3);
    expect(Math.abs(span(ys) - SEAL.diameterMm)).toBeLessThan(0.3);
    for (let degree = 0; degree < 360; degree++) {
      const at = (radius: number) => {
        const angle = (degree * Math.PI) / 180;
        return pixel(
          picture,
          toPixels(picture, centre.x + radius * Math.cos(angle)),
          toPixels(picture, centre.y + radius * Math.sin(angle)),
        );
      };
      expect(isRed(...at(SEAL.diameterMm / 2 - 0.6))).toBe(true);
      expect(at(SEAL.diameterMm / 2 + 0.4)).toEqual([255, 255, 255]);
    }
    // Nothing but red and the mixing of red with white at edges.
    expect(pixelsWhere(picture, (r, g, b) => r < 225 || Math.abs(g - b) > 30).xs).toEqual([]);
    // The star: its middle is filled.
    expect(isRed(...pixel(picture, toPixels(picture, centre.x), toPixels(picture, centre.y)))).toBe(true);
  });

  it.each(TYPES)('%s: the QR symbol is read from the picture by two decoders', async (type) => {
    const face = prepareFace(type, book);
    const licence = licenceOf(type, 'sample');
    const pages = layFace(face, licence);
    const [picture] = drawPages(composeFace(face, pages, licence).bytes, 200) as [Picture];
    const image = cutOut(picture, pages[0]!.filled.symbols[0]!.box);
    expect(jsQR.default(image.data, image.width, image.height)?.data).toBe(CODE);
    const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true });
    expect(found.map(({ text }) => text)).toEqual([CODE]);
  });
});

/** A document with one page per item, which holds that item and nothing else. */
function itemsAlone(type: TypeFolder, licence: Licence, book: FontBook): { pdf: Uint8Array; pages: LaidPage[] } {
  const template = templateOf(type);
  const [whole] = layOut(prepareLayout(template, book), faceData(licence));
  const many: LayoutTemplate = { ...template, pages: whole!.items.map((_, i) => varying(template, i === 0)) };
  const layout = prepareLayout(many, book);
  const plain = { ...licence, sample: false };
  const pages = layOut(layout, faceData(plain)).map((page, i): LaidPage => {
    const item = page.items[i]!;
    const own = <T extends { readonly path: string | null }>(list: readonly T[]) =>
      list.filter(({ path }) => path === item.path);
    return {
      ...page,
      items: [item],
      filled: { paths: [], symbols: [], pictures: own(page.filled.pictures), runs: own(page.filled.runs) },
    };
  });
  return { pdf: composeFace({ layout, prepared: preparePdf(layout, SEAL) }, pages, plain).bytes, pages };
}

/** The page without the template's own words and lines; the words inside sentences stay. */
function varying(template: LayoutTemplate, withSeal: boolean): LayoutTemplate['pages'][number] {
  const [page] = template.pages;
  const kinds = ['text', 'table', 'picture', ...(withSeal ? ['seal'] : [])];
  return {
    ...page!,
    elements: page!.elements.filter(
      (element) =>
        kinds.includes(element.kind) && !(element.kind === 'text' && element.parts.every((part) => 'text' in part)),
    ),
  };
}

function sealAlone(type: TypeFolder, book: FontBook) {
  const template = templateOf(type);
  const [page] = template.pages;
  const layout = prepareLayout(
    { ...template, pages: [{ ...page!, elements: page!.elements.filter(({ kind }) => kind === 'seal') }] },
    book,
  );
  const licence = { ...licenceOf(type, 'sample'), sample: false };
  const pages = layOut(layout, faceData(licence));
  return {
    pdf: composeFace({ layout, prepared: preparePdf(layout, SEAL) }, pages, licence).bytes,
    centre: pages[0]!.sealCentre!,
  };
}

const faceData = (licence: Licence) => ({ licence, code: CODE, verificationAddress: ADDRESS + licence.number });

/** With the width of a line of antialiasing around it. */
function contains({ x, y, width, height }: Box, px: number, py: number): boolean {
  const slack = 0.35;
  return px >= x - slack && px <= x + width + slack && py >= y - slack && py <= y + height + slack;
}

/** By more than the rounding of sums. */
function overlap(a: Box, b: Box): boolean {
  const hair = 0.01;
  return (
    a.x + a.width > b.x + hair &&
    b.x + b.width > a.x + hair &&
    a.y + a.height > b.y + hair &&
    b.y + b.height > a.y + hair
  );
}

/** What the data says, by the item's path: a key, a fact or a cell of a table. */
function valueOf(licence: Licence, path: string): string {
  const value = path.startsWith('@')
    ? faceFact(path.slice(1) as FaceFact, licence, ADDRESS + licence.number)
    : path.split('/').reduce<Json>((at, key) => (at as Record<string, Json>)[key]!, licence.items);
  const isDate = value === null || /^\d{4}-\d\d-\d\d$/.test(value as string);
  return faceText(value, isDate ? 'date' : 'text');
}

const bare = (text: string) => text.replace(/\s/g, '');
const sorted = (text: string) => [...text].sort().join('');

function cutOut(picture: Picture, box: Box) {
  const [left, top] = [Math.round(toPixels(picture, box.x)), Math.round(toPixels(picture, box.y))];
  const side = Math.round(toPixels(picture, box.width));
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) data.set(pixel(picture, left + x, top + y), 4 * (y * side + x));
  return { data, width: side, height: side, colorSpace: 'srgb' as const };
}
