import type { Json } from '../errors/index.js';
import { HOLDER_CODE_TYPES } from './holder-code-types.table.js';
import type { Licence, LicenceType } from './types.js';

/** One metadata item. Keys are null where no source gives one. */
export interface MetadataEntry {
  readonly chinese: string;
  /** Initials as a national product writes them: `ZZBS`; per-type items as `KZ_` and their own. */
  readonly pinyin: string | null;
  readonly english: string | null;
  readonly value: Json;
  /** Personal values stay out of logs, journal and codes. */
  readonly personal: boolean;
}

/**
 * 证照元数据, GB/T 36903-2018. The text was not available: keys are those of systems in use (unverified), items without
 * a value are left out, a permanent licence says 长期.
 */
export function licenceMetadata(licence: Licence, type: LicenceType): readonly MetadataEntry[] {
  return [...baseEntries(licence, type), ...typeEntries(licence, type)].filter(({ value }) => value !== null);
}

/** The same as one object under the keys of one spelling; items that have no key in it are left out. */
export function metadataRecord(
  entries: readonly MetadataEntry[],
  spelling: 'pinyin' | 'english',
): Readonly<Record<string, Json>> {
  const keyed = entries.flatMap((entry) => {
    const key = entry[spelling];
    return key === null ? [] : [[key, entry.value] as const];
  });
  return Object.fromEntries(keyed);
}

function baseEntries(licence: Licence, type: LicenceType): MetadataEntry[] {
  const { catalogue } = type;
  const isPersonal = (key: string) => type.items.some((item) => item.key === key && item.personal);
  const entry = (
    chinese: string,
    pinyin: string | null,
    english: string,
    value: string | null,
    personal = false,
  ): MetadataEntry => ({
    chinese,
    pinyin,
    english,
    value,
    personal,
  });
  return [
    entry('证照名称', 'ZZMC', 'certificateName', type.name.zh),
    entry('证照类型名称', 'ZZLXMC', 'certificateTypeName', catalogue.certificateTypeName),
    entry('证照类型代码', 'ZZLXDM', 'certificateTypeCode', licence.typeCode),
    entry('证照编号', 'ZZBH', 'certificateNumber', licence.number),
    entry('证照标识', 'ZZBS', 'certificateIdentifier', licence.identifier),
    entry('证照颁发机构', 'ZZBFJG', 'certificateIssuingAuthorityName', licence.issuer.name),
    entry('证照颁发机构代码', 'ZZBFJGDM', 'certificateIssuingAuthorityCode', licence.issuer.code),
    entry('证照颁发日期', 'ZZBFRQ', 'certificateIssuedDate', licence.issuedOn),
    entry('持证主体', 'CZZT', 'certificateHolderName', licence.holder.name, isPersonal(type.holder.name)),
    entry('持证主体代码', 'CZZTDM', 'certificateHolderCode', licence.holder.code, isPersonal(type.holder.code)),
    entry(
      '持证主体代码类型',
      'CZZTDMLX',
      'certificateHolderTypeName',
      HOLDER_CODE_TYPES[licence.holder.codeType] ?? null,
    ),
    entry('持证主体代码类型代码', 'CZZTDMLXDM', 'certificateHolderType', licence.holder.codeType),
    entry('证照有效期起始日期', 'ZZYXQQSRQ', 'certificateEffectiveDate', licence.validFrom),
    entry('证照有效期截止日期', 'ZZYXQJZRQ', 'certificateExpiringDate', licence.validUntil ?? '长期'),
    entry('证照版本号', null, 'certificateVersion', licence.version),
    entry('证照定义机构', null, 'certificateDefineAuthorityName', catalogue.certificateDefineAuthorityName),
    entry('证照定义机构代码', null, 'certificateDefineAuthorityCode', catalogue.certificateDefineAuthorityCode),
    entry('证照所属管辖属地编码', null, 'certificateAreaCode', licence.issuer.region.slice(0, 6)),
    entry('关联事项名称', null, 'relatedItemName', catalogue.relatedItemName),
    entry('关联事项代码', null, 'relatedItemCode', catalogue.relatedItemCode),
  ];
}

function typeEntries(licence: Licence, type: LicenceType): MetadataEntry[] {
  return type.items.map((item) => ({
    chinese: item.label.zh,
    pinyin: item.pinyin === null ? null : `KZ_${item.pinyin}`,
    english: null,
    value: licence.items[item.key] ?? null,
    personal: item.personal,
  }));
}
