import { toHex } from '../../../encoding/index.js';
import type { PictureFile } from '../../layout/picture-file.js';
import type { ObjectWriter } from './object-writer.js';

/** Writes the picture's own compressed samples as an image XObject and answers its number. */
export function writePicture(writer: ObjectWriter, picture: PictureFile): number {
  const { width, height, components } = picture;
  const base = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}`;
  const space = components === 1 ? '/DeviceGray' : '/DeviceRGB';
  if (picture.kind === 'jpeg')
    return writer.stream(`${base}/ColorSpace${space}/BitsPerComponent 8/Filter/DCTDecode`, picture.file);
  const { bits, palette, data } = picture;
  const colours = palette ? `[/Indexed/DeviceRGB ${palette.length / 3 - 1}<${toHex(palette)}>]` : space;
  // Predictor 15: each row names its own PNG filter.
  const parms = `<</Predictor 15/Colors ${components}/BitsPerComponent ${bits}/Columns ${width}>>`;
  return writer.stream(
    `${base}/ColorSpace${colours}/BitsPerComponent ${bits}/Filter/FlateDecode/DecodeParms${parms}`,
    data,
  );
}
