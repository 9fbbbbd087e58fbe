import { describe, expect, it } from '@jest/globals';
import { checkLicenceType } from '../../../src/core/licence/index.js';
import type { LicenceType } from '../../../src/core/licence/index.js';
import { TYPE_FOLDERS, typeRecord } from './type-records.js';

const base = typeRecord('food-business-licence');
const fields = (change: Partial<LicenceType>) => checkLicenceType({ ...base, ...change }).map(({ field }) => field);

describe('a licence type', () => {
  it.each(TYPE_FOLDERS)('%s fits together', (folder) => {
    expect(checkLicenceType(typeRecord(folder))).toEqual([]);
  });

  it('has a code that begins with the credit code of its definer, and the catalogue says the same', () => {
    expect(fields({ code: '11999900MB0000002K002' })).toEqual([
      '/code',
      '/catalogue/certificateTypeCode',
      '/catalogue/certificateDefineAuthorityCode',
    ]);
  });

  it('has no item twice and none under a reserved name', () => {
    expect(fields({ items: [...base.items, base.items[0]!, { ...base.items[0]!, key: 'iss' }] })).toEqual([
      `/items/${base.items.length}/key`,
      `/items/${base.items.length + 1}/key`,
    ]);
  });

  it('has its holder in required items, under a known type of code', () => {
    expect(fields({ holder: { name: 'nobody', code: 'creditCode', codeType: '007' } })).toEqual([
      '/holder/name',
      '/holder/codeType',
    ]);
    const optional = base.items.map((item) => ({ ...item, required: item.key !== 'creditCode' }));
    expect(fields({ items: optional })).toEqual(['/holder/code']);
    expect(fields({ holder: { ...base.holder, name: 'businessItems' } })).toEqual(['/holder/name']);
  });

  it('has the states to which its operations lead', () => {
    expect(fields({ states: base.states.filter(({ state }) => state !== 'suspended') })).toEqual(['/operations/1']);
    expect(fields({ operations: [{ operation: 'burn' as 'issue', nationalCode: '01' }] })).toEqual(['/operations/0']);
  });

  it('has a rule by which numbers can be made', () => {
    expect(fields({ numberRule: 'JY' })).toEqual(['/numberRule']);
  });
});
