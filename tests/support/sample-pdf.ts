import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFiles } from '../../src/adapters/fonts/index.js';
import type { Json } from '../../src/core/errors/index.js';
import type { Licence } from '../../src/core/licence/index.js';
import {
  composePdf,
  contentDigest,
  layOut,
  preparePdf,
  prepareLayout,
  readTemplate,
  sealPdf,
} from '../../src/core/renditions/index.js';
import type { FontBook } from '../../src/core/renditions/index.js';
import type { MiniPki } from './mini-pki.js';
import { sampleBinding, sampleLicence, sampleCommitment } from './sample-licence.js';
import { SEALED_AT, sampleCms, sampleSdJwt } from './sample-seal.js';

const TEMPLATES = join(import.meta.dirname, '../../templates');

export const realFonts = (): Promise<FontBook> => fontFiles(TEMPLATES).load();

const read = (file: string): Json =>
  JSON.parse(readFileSync(join(TEMPLATES, 'residence-certificate', file), 'utf8')) as Json;

/** A residence certificate with the template's sample data, for the person of the sample licence. */
export const residenceLicence: Licence = {
  ...sampleLicence,
  items: (read('sample.json') as { items: Licence['items'] }).items,
};

/** Sealed as the product does it: SD-JWT and code first, then the PDF that carries them. Any part may be of another licence. */
export async function samplePdf(
  pki: MiniPki,
  parts: { readonly shown?: Licence; readonly data?: Licence; readonly bound?: Licence } = {},
): Promise<Uint8Array> {
  const { shown = residenceLicence, data = residenceLicence, bound = residenceLicence } = parts;
  const layout = prepareLayout(readTemplate(read('layout.json')), await realFonts());
  const prepared = preparePdf(layout, {
    shape: 'round',
    diameterMm: 42,
    centre: 'star',
    arcText: '样本市市场监督管理局',
    bottomLine: null,
    code: null,
  });
  const { commitment, disclosures } = sampleCommitment(data);
  const token = sampleSdJwt(pki, { licence: data, commitment, disclosures: disclosures.map(({ text }) => text) });
  const sm2 = pki.suite.id === 'SM2-SM3';
  const unsealed = composePdf({
    prepared,
    pages: layOut(layout, {
      licence: shown,
      code: 'https://verify.example/v#YX1',
      verificationAddress: 'https://verify.example',
    }),
    metadata: { title: '样本', identifier: bound.identifier, created: SEALED_AT },
    attachment: { name: 'licence.jwt', mimeType: 'application/dc+sd-jwt', description: 'licence data', data: token },
    signature: {
      filter: sm2 ? 'GM.PKILite' : 'Adobe.PPKLite',
      subFilter: sm2 ? 'GM.SM2' : 'ETSI.CAdES.detached',
      name: '样本印章',
      claimedTime: SEALED_AT,
    },
    reservedBytes: 6000,
  });
  const digest = contentDigest(unsealed, pki.suite.hash);
  return sealPdf(unsealed, sampleCms({ pki, messageDigest: digest, binding: sampleBinding('pdf', bound) }));
}
