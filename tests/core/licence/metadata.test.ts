import { describe, expect, it } from '@jest/globals';
import { draftLicence, licenceMetadata, metadataRecord } from '../../../src/core/licence/index.js';
import type { Licence } from '../../../src/core/licence/index.js';
import { sampleItems, typeRecord, type TypeFolder } from './type-records.js';

const issuer = { name: '示例市青禾街道办事处', code: '11999900MB0000001K', region: '999900001002' };

function sample(folder: TypeFolder): Licence {
  const draft = draftLicence({
    type: typeRecord(folder),
    request: { items: sampleItems(folder), sample: true },
    issuer,
    issuedOn: '2026-11-24',
    validateItems: () => [],
    random: new Uint8Array(16),
  });
  if (!draft.ok) throw new Error(JSON.stringify(draft.problems));
  return draft.licence;
}

describe('licence metadata', () => {
  const type = typeRecord('residence-certificate');
  const entries = licenceMetadata(sample('residence-certificate'), type);

  it('stands under the pinyin keys of the standard, with those of the type behind KZ_', () => {
    expect(metadataRecord(entries, 'pinyin')).toMatchObject({
      ZZMC: '居住证明',
      ZZLXDM: '11999900MB0000001K003',
      ZZBH: '999900202600000000',
      ZZBFJG: '示例市青禾街道办事处',
      ZZBFRQ: '2026-11-24',
      CZZT: '苏和𬭎',
      CZZTDM: '999999199001010016',
      CZZTDMLX: '公民身份号码',
      CZZTDMLXDM: '111',
      ZZYXQQSRQ: '2026-11-24',
      ZZYXQJZRQ: '2027-05-23',
      KZ_XM: '苏和𬭎',
      KZ_XJZDZ: '示例省示例市青禾区样本街道展示社区2号楼1单元501室',
    });
  });

  it('stands under the English keys too, and only where a key is known', () => {
    const record = metadataRecord(entries, 'english');
    expect(record).toMatchObject({
      certificateName: '居住证明',
      certificateIdentifier: expect.stringMatching(/^1\.2\.156\.3005\.2\./),
      certificateVersion: '001',
      certificateAreaCode: '999900',
      certificateHolderType: '111',
      relatedItemName: '居住证明出具',
    });
    expect(Object.keys(record)).not.toContain('null');
    expect(entries.find(({ chinese }) => chinese === '证明用途')).toMatchObject({
      pinyin: null,
      english: null,
      value: '子女入学报名',
    });
  });

  it('leaves out what has no value', () => {
    expect(entries.some(({ english }) => english === 'relatedItemCode')).toBe(false);
    const items = sampleItems('residence-certificate');
    delete items['photo'];
    const without = licenceMetadata({ ...sample('residence-certificate'), items }, type);
    expect(without.some(({ pinyin }) => pinyin === 'KZ_ZP')).toBe(false);
    const odd = licenceMetadata(
      { ...sample('residence-certificate'), holder: { name: 'x', code: 'y', codeType: '000' } },
      type,
    );
    expect(odd.some(({ pinyin }) => pinyin === 'CZZTDMLX')).toBe(false);
  });

  it('says what is personal: a natural holder, not an enterprise', () => {
    const personal = (folder: TypeFolder) =>
      licenceMetadata(sample(folder), typeRecord(folder))
        .filter((entry) => entry.personal)
        .map(({ chinese }) => chinese);
    expect(personal('residence-certificate')).toEqual([
      '持证主体',
      '持证主体代码',
      '姓名',
      '性别',
      '公民身份号码',
      '户籍所在地',
      '现居住地址',
      '居住起始日期',
      '证明用途',
      '照片',
    ]);
    expect(personal('business-licence')).toEqual(['法定代表人']);
  });

  it('says 长期 for a permanent licence', () => {
    const record = metadataRecord(
      licenceMetadata(sample('business-licence'), typeRecord('business-licence')),
      'pinyin',
    );
    expect(record['ZZYXQJZRQ']).toBe('长期');
    expect(record['KZ_TYSHXYDM']).toBe('91999900MA00000A9C');
  });
});
