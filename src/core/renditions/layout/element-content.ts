import { fromBase64 } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import type { Licence } from '../../licence/index.js';
import { LayoutError } from './errors.js';
import { faceFact, faceText } from './face-text.js';
import { layFlow } from './flow.js';
import type { FontBook } from './font-book.js';
import type { Box, LaidItem, PlacedPicture } from './laid-page.js';
import { readPicture } from './picture-file.js';
import type { FlowPart } from './shape.js';
import { layTable } from './table.js';
import type { LaidFlow } from './flow.js';
import type { LayoutTemplate, PictureElement, TableElement, TextElement, TextPart, TextStyle } from './template.js';

/** What varies from licence to licence. */
export interface FaceData {
  readonly licence: Licence;
  /** Text of the QR symbol. */
  readonly code: string;
  /** Printed beside it: where anyone verifies this licence. */
  readonly verificationAddress: string;
}

/** `data` is null while the template's own words are set; then no part may ask for any. */
export function layText(
  element: TextElement,
  template: LayoutTemplate,
  book: FontBook,
  data: FaceData | null,
): LaidFlow {
  const style = styleOf(template, element.style);
  const laid = layFlow(
    {
      parts: element.parts.flatMap((part) => flowPart(part, template, style, data) ?? []),
      box: element.box,
      style,
      align: element.align ?? 'left',
      vertical: element.vertical ?? 'top',
      wrap: element.wrap ?? true,
      indent: element.indent ?? 0,
      field: firstWords(element),
    },
    book,
  );
  // An item that has its element to itself owns the whole box.
  const only = element.parts.length === 1 ? laid.items[0] : undefined;
  return only ? { runs: laid.runs, items: [{ path: only.path, boxes: [element.box] }] } : laid;
}

export function layItemTable(
  element: TableElement,
  template: LayoutTemplate,
  book: FontBook,
  { licence }: FaceData,
): LaidFlow {
  const value = licence.items[element.item];
  if (value === undefined) return { runs: [], items: [] };
  if (!Array.isArray(value)) throw wrongValue(element.item);
  return layTable(element, value as readonly Json[], styleOf(template, element.style), book);
}

export function placePicture(
  { item, box }: PictureElement,
  { licence }: FaceData,
): { picture: PlacedPicture; items: LaidItem[] } | undefined {
  const value = licence.items[item];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw wrongValue(item);
  const file = readPicture(fromBase64(value), item);
  const scale = Math.min(box.width / file.width, box.height / file.height);
  const [width, height] = [file.width * scale, file.height * scale];
  const placed: Box = { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  return { picture: { path: item, box: placed, file }, items: [{ path: item, boxes: [box] }] };
}

export const isFixed = (element: TextElement) => element.parts.every((part) => 'text' in part);

function flowPart(
  part: TextPart,
  template: LayoutTemplate,
  own: TextStyle,
  data: FaceData | null,
): FlowPart | undefined {
  const { fonts, colour } = part.style === undefined ? own : styleOf(template, part.style);
  if ('text' in part) return { text: part.text, fonts, colour, path: null, format: null };
  const { licence, verificationAddress } = data!;
  const format = part.format ?? 'text';
  const value = 'item' in part ? licence.items[part.item] : faceFact(part.fact, licence, verificationAddress);
  if (value === undefined) return undefined;
  return { text: faceText(value, format), fonts, colour, path: 'item' in part ? part.item : `@${part.fact}`, format };
}

export function styleOf(template: LayoutTemplate, name: string): TextStyle {
  const style = Object.hasOwn(template.styles, name) ? template.styles[name] : undefined;
  if (!style)
    throw new LayoutError('TEMPLATE_MALFORMED', {
      en: `the layout has no style ${name}`,
      zh: `版面中没有样式 ${name}`,
    });
  return style;
}

function firstWords({ parts }: TextElement): string {
  const part = parts[0]!;
  return 'text' in part ? part.text.slice(0, 12) : 'item' in part ? part.item : `@${part.fact}`;
}

function wrongValue(item: string): LayoutError {
  return new LayoutError(
    'TEMPLATE_MALFORMED',
    { en: `the value of ${item} does not fit its place in the layout`, zh: `${item} 的值与版面中的位置不符` },
    { details: { field: item } },
  );
}
