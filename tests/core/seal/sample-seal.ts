import type { Seal, SealKey } from '../../../src/core/seal/index.js';

export const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;

export const sealKey = (
  keyId: string,
  suite: SealKey['suite'],
  from: string,
  until: string | null = null,
): SealKey => ({
  keyId,
  suite,
  certificates: ['MAA='],
  from,
  until,
});

/** In use from the 1st, suspended on the 10th, in use again from the 12th, cancelled on the 20th. */
export const SEAL: Seal = {
  code: '99990000000001',
  name: '示例市行政审批局证照专用章',
  owner: { name: '示例市行政审批局', code: '11999900MB0000001K' },
  role: 'licence-issuing',
  picture: {
    shape: 'round',
    diameterMm: 42,
    centre: 'star',
    arcText: '示例市行政审批局',
    bottomLine: '证照专用章',
    code: '99990000000001',
  },
  keys: [
    sealKey('sm2-a', 'SM2-SM3', at(1), at(5)),
    sealKey('sm2-b', 'SM2-SM3', at(5)),
    sealKey('rsa-a', 'RSA-PSS-SHA256', at(3)),
  ],
  dataKeys: [sealKey('data-a', 'SM2-SM3', at(1))],
  states: [
    { state: 'in-use', from: at(1), until: at(10), reason: '启用' },
    { state: 'suspended', from: at(10), until: at(12), reason: '换证' },
    { state: 'in-use', from: at(12), until: at(20), reason: '恢复' },
    { state: 'cancelled', from: at(20), until: null, reason: '机构撤并' },
  ],
};
