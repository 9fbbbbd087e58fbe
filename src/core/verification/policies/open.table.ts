import type { Policy } from './policy.js';
import { STRICT } from './strict.table.js';

/**
 * For files of anybody. Bytes, signature, path and revocation are judged as strictly; vendor habits that harm nobody
 * (BER, order of attributes, other names) are findings, and doubt about structure leaves the verdict open.
 */
export const OPEN: Policy = {
  ...STRICT,
  name: 'open',
  version: '1',
  requireTrace: false,
  doubt: 'undetermined',
  subFilters: [...STRICT.subFilters, 'adbe.pkcs7.detached'],
  purposes: null,
  levels: {
    ...STRICT.levels,
    'pdf.sub-filter': 'warn',
    'cms.encoding': 'warn',
    'cms.attribute-order': 'warn',
    'cms.signing-time': 'ignore',
    'cms.signing-certificate': 'warn',
    'jws.type': 'warn',
    'signature.claimed-time': 'warn',
    'pdf.certification': 'ignore',
    'pdf.duplicate-objects': 'warn',
    'pdf.unreferenced-objects': 'inform',
    'pdf.active-content': 'warn',
    'face.readable': 'warn',
    'face.glyphs': 'inform',
    'face.hidden': 'warn',
  },
};
