import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFiles } from '../../src/adapters/fonts/index.js';
import type { Json } from '../../src/core/errors/index.js';
import type { Licence } from '../../src/core/licence/index.js';
import { composePdf, layOut, preparePdf, prepareLayout, readTemplate } from '../../src/core/renditions/index.js';
import type {
  FontBook,
  LaidPage,
  LayoutTemplate,
  PreparedLayout,
  PreparedPdf,
  UnsealedPdf,
} from '../../src/core/renditions/index.js';
import type { SealPicture } from '../../src/core/seal/index.js';

export const TYPES = ['business-licence', 'food-business-licence', 'residence-certificate'] as const;
export type TypeFolder = (typeof TYPES)[number];

const TEMPLATES = join(import.meta.dirname, '../../templates');

export const loadFonts = (): Promise<FontBook> => fontFiles(TEMPLATES).load();

export function templateOf(type: TypeFolder): LayoutTemplate {
  return readTemplate(readJson(type, 'layout.json'));
}

export const ADDRESS = 'https://licence.example.org/v/';
/** As long as a token with an SM2 signature and two digests. */
export const CODE = 'YX1.' + 'eyJpIjoiMS4yLjE1Ni4zMDA1LjIuMTE5OTk5MDBNQjAwMDAwMDFL'.repeat(6);

export const SEAL: SealPicture = {
  shape: 'round',
  diameterMm: 42,
  centre: 'star',
  arcText: '示例市行政审批局',
  bottomLine: '电子证照专用章',
  code: '9999000012345',
};

/** `sample` or `longest` values of a type, as one licence. */
export function licenceOf(type: TypeFolder, values: 'sample' | 'longest'): Licence {
  const { items } = readJson(type, `${values}.json`) as { items: Record<string, Json> };
  const text = (key: string) => items[key] as string;
  const record = readJson(type, 'type.json') as {
    code: string;
    holder: { name: string; code: string; codeType: string };
  };
  return {
    identifier: '1.2.156.3005.2.11999900MB0000001K001.11999900MB0000001K.9999002026000000000001.001.K',
    typeCode: record.code,
    typeVersion: '1',
    version: '001',
    number: values === 'sample' ? '99990020260000001' : 'JY99990020260000000001',
    issuer: {
      name: values === 'sample' ? '示例市行政审批局' : '示例省示例自治州青禾哈萨克族自治县行政审批和政务服务管理局',
      code: '11999900MB0000001K',
      region: '999900',
    },
    holder: { name: text(record.holder.name), code: text(record.holder.code), codeType: record.holder.codeType },
    issuedOn: '2026-11-24',
    validFrom: '2026-11-24',
    validUntil: type === 'business-licence' ? null : '2031-11-23',
    items,
    sample: true,
  };
}

export interface Face {
  readonly layout: PreparedLayout;
  readonly prepared: PreparedPdf;
}

export function prepareFace(type: TypeFolder, book: FontBook, seal = SEAL): Face {
  const layout = prepareLayout(templateOf(type), book);
  return { layout, prepared: preparePdf(layout, seal) };
}

export const layFace = ({ layout }: Face, licence: Licence): LaidPage[] =>
  layOut(layout, { licence, code: CODE, verificationAddress: ADDRESS + licence.number });

export function composeFace({ prepared }: Face, pages: readonly LaidPage[], licence: Licence): UnsealedPdf {
  return composePdf({
    prepared,
    pages,
    metadata: {
      title: `营业执照 ${licence.number}`,
      identifier: licence.identifier,
      created: '2026-11-24T06:51:02.000Z',
    },
    attachment: {
      name: 'licence.jwt',
      mimeType: 'application/dc+sd-jwt',
      description: 'Structured data of this licence',
      data: new TextEncoder().encode('eyJhbGciOiJFUzI1NiJ9.'.repeat(300)),
    },
    signature: {
      filter: 'Adobe.PPKLite',
      subFilter: 'ETSI.CAdES.detached',
      name: licence.issuer.name,
      location: '示例市',
      reason: '证照签发',
      claimedTime: '2026-11-24T06:51:02.000Z',
    },
    reservedBytes: 8192,
  });
}

function readJson(type: TypeFolder, file: string): Json {
  return JSON.parse(readFileSync(join(TEMPLATES, type, file), 'utf8')) as Json;
}
