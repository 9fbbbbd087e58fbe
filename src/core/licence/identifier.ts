import type { Words } from '../errors/index.js';
import { LicenceError } from './errors.js';
import type { Refusal } from './types.js';
import { checkCharacter, vendorCheckCharacter } from './check-character.js';
import { refusal } from './check-result.js';
import { checkCreditCode } from './credit-code.js';

/** 电子证照根代码 of GB/T 36904-2018 (unverified: the text was not available; code in use agrees). */
export const IDENTIFIER_ROOT = '1.2.156.3005.2';

/** Seen columns hold 128 characters. */
const MAX_LENGTH = 128;

export interface IdentifierParts {
  /** 证照类型代码: credit code of the body that defines the licence, then three digits. */
  readonly typeCode: string;
  /** 证照颁发机构代码: credit code of the issuing body. */
  readonly issuerCode: string;
  /** 流水号: unique within type and issuer; 0-9 and A-Z. */
  readonly serial: string;
  /** 版本号: `001` at first, one more with each change or renewal. */
  readonly version: string;
}

export interface LicenceIdentifier extends IdentifierParts {
  readonly check: IdentifierCheck;
  /** What is unusual and yet no reason to refuse: field data hold issuer codes that are no credit codes. */
  readonly warnings: readonly Words[];
}

/**
 * How the check character stands to the standard. A wrong one is never called a forgery: tools in the field compute
 * it in their own way. `vendor` is the one way that was recognised in real identifiers.
 */
export interface IdentifierCheck {
  readonly character: string;
  readonly kind: 'standard' | 'vendor' | 'non-standard';
  readonly words: Words;
}

const FORMS: readonly { readonly part: keyof IdentifierParts; readonly form: RegExp; readonly words: Words }[] = [
  {
    part: 'typeCode',
    form: /^[0-9A-Z]{18}[0-9]{3}$/,
    words: { en: 'the type code is not 18 characters and 3 digits', zh: '证照类型代码应为18位机构代码加3位数字' },
  },
  {
    part: 'issuerCode',
    form: /^[0-9A-Z]{1,18}$/,
    words: {
      en: 'the issuer code is not 1 to 18 characters of 0-9 and A-Z',
      zh: '证照颁发机构代码应为1至18位数字或大写字母',
    },
  },
  {
    part: 'serial',
    form: /^[0-9A-Z]{1,40}$/,
    words: { en: 'the serial is not 1 to 40 characters of 0-9 and A-Z', zh: '流水号应为1至40位数字或大写字母' },
  },
  {
    part: 'version',
    form: /^(?!000)[0-9]{3}$/,
    words: { en: 'the version is not three digits from 001', zh: '版本号应为001起的3位数字' },
  },
];

/** GB/T 36904: root, type, issuer, serial, version and check character with dots. Throws LICENCE_IDENTIFIER_MALFORMED. */
export function composeIdentifier(parts: IdentifierParts): string {
  const wrong = wrongPart(parts);
  if (wrong) throw new LicenceError('LICENCE_IDENTIFIER_MALFORMED', wrong);
  const { typeCode, issuerCode, serial, version } = parts;
  return [IDENTIFIER_ROOT, typeCode, issuerCode, serial, version, checkCharacter(checked(parts))].join('.');
}

/** Takes an identifier apart. Refuses only what has not the form; what is said of the check character is in the answer. */
export function parseIdentifier(text: string): { readonly ok: true; readonly identifier: LicenceIdentifier } | Refusal {
  if (text.length > MAX_LENGTH) return malformed({ en: 'longer than 128 characters', zh: '长度超过128个字符' });
  if (!text.startsWith(IDENTIFIER_ROOT + '.'))
    return malformed({ en: `does not begin with ${IDENTIFIER_ROOT}`, zh: `未以根代码 ${IDENTIFIER_ROOT} 开头` });
  const [typeCode, issuerCode, serial, version, character, ...more] = text.slice(IDENTIFIER_ROOT.length + 1).split('.');
  if (character === undefined || more.length > 0)
    return malformed({ en: 'does not have five parts after the root', zh: '根代码之后应有五段' });
  const parts = { typeCode: typeCode!, issuerCode: issuerCode!, serial: serial!, version: version! };
  const wrong = wrongPart(parts);
  if (wrong) return malformed(wrong);
  if (!/^[0-9A-Z]$/.test(character))
    return malformed({ en: 'the check character is not one of 0-9 and A-Z', zh: '校验位应为1位数字或大写字母' });
  return { ok: true, identifier: { ...parts, check: judgeCheck(parts, character), warnings: warningsOf(parts) } };
}

function judgeCheck(parts: IdentifierParts, character: string): IdentifierCheck {
  const text = checked(parts);
  if (character === checkCharacter(text))
    return {
      character,
      kind: 'standard',
      words: { en: 'the check character is that of the standard', zh: '校验位符合标准' },
    };
  if (character === vendorCheckCharacter(text))
    return {
      character,
      kind: 'vendor',
      words: {
        en: 'non-standard check character, computed as some platforms are known to do; this does not mean forged',
        zh: '校验位不符合标准，系某些平台的已知算法所得；不表示伪造',
      },
    };
  return {
    character,
    kind: 'non-standard',
    words: {
      en: 'non-standard check character: the identifier is mistyped or computed in an unknown way; this does not mean forged',
      zh: '校验位不符合标准：标识录入有误或采用了未知算法；不表示伪造',
    },
  };
}

function warningsOf({ typeCode, issuerCode }: IdentifierParts): Words[] {
  const warnings: Words[] = [];
  if (!checkCreditCode(typeCode.slice(0, 18)).ok)
    warnings.push({
      en: 'the type code does not begin with a credit code',
      zh: '证照类型代码的前18位不是统一社会信用代码',
    });
  if (!checkCreditCode(issuerCode).ok)
    warnings.push({ en: 'the issuer code is not a credit code', zh: '证照颁发机构代码不是统一社会信用代码' });
  return warnings;
}

/** What the check character is computed over: neither root nor dots. */
const checked = (parts: IdentifierParts): string => parts.typeCode + parts.issuerCode + parts.serial + parts.version;

const wrongPart = (parts: IdentifierParts): Words | undefined =>
  FORMS.find(({ part, form }) => !form.test(parts[part]))?.words;

const malformed = ({ en, zh }: Words): Refusal =>
  refusal('LICENCE_IDENTIFIER_MALFORMED', `not a licence identifier: ${en}`, `不是电子证照标识：${zh}`);
