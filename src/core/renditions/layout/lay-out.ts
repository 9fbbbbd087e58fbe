import { layItemTable, layText, placePicture } from './element-content.js';
import type { FaceData } from './element-content.js';
import type { GlyphRun, LaidItem, LaidPage, PlacedPicture, PlacedSymbol } from './laid-page.js';
import type { PreparedLayout, PreparedPage } from './prepare-layout.js';
import { qrSymbol } from './qr-symbol.js';

/**
 * Lays one licence on its face. Throws LayoutError: GLYPH_MISSING with code point and field, LAYOUT_OVERFLOW with the
 * field, PICTURE_UNSUPPORTED, CODE_TOO_LONG, TEMPLATE_MALFORMED.
 */
export function layOut(layout: PreparedLayout, data: FaceData): LaidPage[] {
  return layout.pages.map((page) => layPage(page, layout, data));
}

function layPage(page: PreparedPage, { template, book }: PreparedLayout, data: FaceData): LaidPage {
  const symbols: PlacedSymbol[] = [];
  const pictures: PlacedPicture[] = [];
  const runs: GlyphRun[] = [];
  const items: LaidItem[] = [];
  let sealCentre: LaidPage['sealCentre'] = null;
  for (const element of page.filling) {
    switch (element.kind) {
      case 'text':
      case 'table': {
        const laid =
          element.kind === 'text'
            ? layText(element, template, book, data)
            : layItemTable(element, template, book, data);
        runs.push(...laid.runs);
        items.push(...laid.items);
        break;
      }
      case 'picture': {
        const placed = placePicture(element, data);
        if (!placed) break;
        pictures.push(placed.picture);
        items.push(...placed.items);
        break;
      }
      case 'qr':
        symbols.push(qrSymbol(data.code, element.box));
        break;
      case 'seal':
        sealCentre = { x: element.centre[0], y: element.centre[1] };
    }
  }
  const { width, height } = page.template;
  return {
    width,
    height,
    fixed: data.licence.sample ? page.sample : page.plain,
    filled: { paths: [], symbols, pictures, runs },
    items,
    sealCentre,
  };
}
