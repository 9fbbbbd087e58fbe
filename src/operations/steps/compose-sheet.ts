import type { SuiteId } from '../../core/crypto/index.js';
import { composePdf, layOut, preparePdf, prepareLayout, readTemplate } from '../../core/renditions/index.js';
import type { PreparedLayout, PreparedPdf, UnsealedPdf } from '../../core/renditions/index.js';
import type { Licence } from '../../core/licence/index.js';
import type { Seal } from '../../core/seal/index.js';
import { canonicalText } from '../../core/encoding/index.js';
import type { Json } from '../../core/errors/index.js';
import type { Fonts, LicenceRecord, Templates } from '../../ports/index.js';

/** The face of one licence type under one seal: everything that its licences share is laid out and compressed once. */
export interface Sheet {
  readonly layout: PreparedLayout;
  readonly pdf: PreparedPdf;
  readonly typeName: string;
}

interface SheetWorld {
  readonly templates: Templates;
  readonly fonts: Fonts;
}

const prepared = new WeakMap<Fonts, Map<string, Promise<Sheet>>>();

/** By template digest and seal picture, so that a changed one is another sheet. */
export function preparedSheet(world: SheetWorld, licence: Licence, seal: Seal): Promise<Sheet> {
  const { templates, fonts } = world;
  const sheets = prepared.get(fonts) ?? new Map<string, Promise<Sheet>>();
  prepared.set(fonts, sheets);
  const name = `${templates.digest(licence.typeCode, licence.typeVersion)}/${canonicalText(seal.picture as unknown as Json)}`;
  const known = sheets.get(name);
  if (known) return known;
  const sheet = prepare(world, licence.typeCode, licence.typeVersion, seal);
  sheets.set(name, sheet);
  sheet.catch(() => sheets.delete(name));
  return sheet;
}

async function prepare({ templates, fonts }: SheetWorld, code: string, version: string, seal: Seal): Promise<Sheet> {
  const layout = prepareLayout(readTemplate(templates.layout(code, version)), await fonts.load());
  return { layout, pdf: preparePdf(layout, seal.picture), typeName: templates.type(code, version)!.name.zh };
}

/**
 * Names of signature handler and format (ISO 32000-2 table 255). Those for SM2 are what implementations of GM/T 0112-2021
 * write; whether the standard prints them is unverified. SM2 is not called PAdES.
 */
const HANDLERS = {
  sm2: { filter: 'GM.PKILite', subFilter: 'GM.SM2' },
  pades: { filter: 'Adobe.PPKLite', subFilter: 'ETSI.CAdES.detached' },
} as const;

export interface SheetInput {
  readonly record: LicenceRecord;
  readonly seal: Seal;
  readonly suite: SuiteId;
  /** Text of the QR symbol. */
  readonly code: string;
  readonly verificationAddress: string;
  /** The structured data that is attached: an SD-JWT. */
  readonly data: Uint8Array;
  /** Room for the CMS, in bytes. */
  readonly reservedBytes: number;
  readonly now: Date;
}

/** The PDF with an empty place for the seal. */
export function composeSheet(sheet: Sheet, input: SheetInput): UnsealedPdf {
  const { record, seal, suite, code, verificationAddress, data, reservedBytes, now } = input;
  const created = now.toISOString();
  return composePdf({
    prepared: sheet.pdf,
    pages: layOut(sheet.layout, { licence: record.licence, code, verificationAddress }),
    metadata: { title: `${sheet.typeName} ${record.licence.number}`, identifier: record.id, created },
    attachment: {
      name: 'licence.jwt',
      mimeType: 'application/dc+sd-jwt',
      description: '证照数据 licence data (SD-JWT)',
      data,
    },
    signature: { ...(suite === 'SM2-SM3' ? HANDLERS.sm2 : HANDLERS.pades), name: seal.name, claimedTime: created },
    reservedBytes,
  });
}
