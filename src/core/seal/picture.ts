import type { SealProblem } from './check-seal.js';
import type { SealPicture } from './types.js';

/** 国务院关于国家行政机关和企业事业单位社会团体印章管理的规定 (国发〔1999〕25号): 42 mm to 60 mm for organs, less for others; unverified. */
const DIAMETER_MM = { least: 20, most: 60 };
const ARC_CHARACTERS = 60;
const BOTTOM_CHARACTERS = 20;

/** What a picture must keep to be drawn: its size, and text of ideographs, digits and letters only. */
export function* checkPicture(picture: SealPicture): Generator<SealProblem> {
  if (picture.shape !== 'round') yield problem('shape', 'only round seals are drawn', '目前只支持圆形印章');
  if (picture.centre !== 'star' && picture.centre !== 'blank')
    yield problem('centre', 'is neither star nor blank', '应为五角星或空白');
  const { diameterMm } = picture;
  if (!(diameterMm >= DIAMETER_MM.least && diameterMm <= DIAMETER_MM.most))
    yield problem(
      'diameterMm',
      `not between ${DIAMETER_MM.least} and ${DIAMETER_MM.most} mm`,
      `直径应在${DIAMETER_MM.least}至${DIAMETER_MM.most}毫米之间`,
    );
  if (!isText(picture.arcText, ARC_CHARACTERS))
    yield problem('arcText', 'not 1 to 60 ideographs, letters or digits', '应为1至60个汉字、字母或数字');
  if (picture.bottomLine !== null && !isText(picture.bottomLine, BOTTOM_CHARACTERS))
    yield problem('bottomLine', 'not 1 to 20 ideographs, letters or digits', '应为1至20个汉字、字母或数字');
}

function isText(text: string, most: number): boolean {
  return (
    text.length <= 2 * most && [...text].length <= most && /^[\p{Unified_Ideograph}〇0-9A-Za-z（）·]+$/u.test(text)
  );
}

const problem = (field: string, en: string, zh: string): SealProblem => ({
  field: `/picture/${field}`,
  words: { en, zh },
});
