import { commit } from '../../src/core/licence/index.js';
import type { Commitment, Licence } from '../../src/core/licence/index.js';
import type { Binding, RenditionKind } from '../../src/core/renditions/index.js';
import type { SuiteId } from '../../src/core/crypto/index.js';
import { toBase64url } from '../../src/core/encoding/index.js';
import { ISSUER_CODE } from './mini-pki.js';

/** A licence of nobody in a region that does not exist. */
export const sampleLicence: Licence = {
  identifier: `1.2.156.3005.2.11100000000013338W032.${ISSUER_CODE}.20260001.001.B`,
  typeCode: 'residence-certificate',
  typeVersion: '1',
  version: '001',
  number: '999900202600001',
  issuer: { name: '样本市市场监督管理局', code: ISSUER_CODE, region: '999900' },
  holder: { name: '样本甲', code: '999999199001010016', codeType: '111' },
  issuedOn: '2026-03-05',
  validFrom: '2026-03-05',
  validUntil: '2027-03-04',
  items: {
    name: '样本甲',
    citizenNumber: '999999199001010016',
    address: '样本市样本路1号',
    members: [{ name: '样本乙' }],
  },
  sample: true,
};

export const REQUIRED: readonly SuiteId[] = ['ECDSA-P256-SHA256', 'SM2-SM3'];

export function sampleCommitment(licence: Licence = sampleLicence): Commitment {
  const keys = Object.keys(licence.items).sort();
  const salts = Object.fromEntries(keys.map((key, i) => [key, toBase64url(new Uint8Array(16).fill(i + 1))]));
  return commit({ licence, requiredSuites: REQUIRED, salts });
}

export function sampleBinding(kind: RenditionKind, licence: Licence = sampleLicence): Binding {
  const { commitment } = sampleCommitment(licence);
  return { licence: licence.identifier, version: licence.version, kind, commitment, requiredSuites: REQUIRED };
}
