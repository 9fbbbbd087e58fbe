import type { Words } from '../errors/index.js';
import type { FaceItemRule } from './types.js';

export type Charset = FaceItemRule['charset'];

export interface WrongCharacter {
  /** Position in code points, from 1. */
  readonly position: number;
  /** `U+202E`. */
  readonly codePoint: string;
  readonly words: Words;
}

/**
 * What each field may hold. Lists of what is allowed, not of what is forbidden: a character that nobody thought of is
 * refused. Unified_Ideograph leaves out Kangxi radicals and compatibility forms, which look like the real ones.
 * Assignment is that of the engine's Unicode: a newer ideograph is refused by an older engine, never waved through.
 */
const ALLOWED: Readonly<Record<Exclude<Charset, 'date' | 'picture'>, RegExp>> = {
  han: /^[\p{Unified_Ideograph}〇々（）、·．]$/u,
  'han-name': /^[\p{Unified_Ideograph}〇·]$/u,
  latin: /^[0-9A-Za-z]$/,
  digits: /^[0-9]$/,
  text: /^[\p{Unified_Ideograph}〇々\x20-\x7e（）、，。；：？！“”‘’《》〈〉【】〔〕「」『』·—…～×±°℃㎡‰]$/u,
};

/** Why a character is not allowed, the most dangerous kind first. */
const KINDS: readonly { readonly kind: RegExp; readonly words: Words }[] = [
  { kind: /\p{Surrogate}/u, words: { en: 'is half a character', zh: '是不完整的字符' } },
  { kind: /\p{Bidi_Control}/u, words: { en: 'changes the direction of text', zh: '会改变文字方向' } },
  {
    kind: /[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}]/u,
    words: { en: 'is invisible', zh: '是不可见字符' },
  },
  {
    kind: /\p{Private_Use}/u,
    words: {
      en: 'is a private-use character, which each system draws in its own way',
      zh: '是自造字（私用区），各系统显示不一',
    },
  },
  { kind: /\p{Unassigned}/u, words: { en: 'is not an assigned character', zh: '是未分配的码位' } },
  { kind: /[\p{Separator}]/u, words: { en: 'is a space that is not allowed here', zh: '是此处不允许的空白' } },
  {
    kind: /[\u2e80-\u2fdf\uf900-\ufaff\uff00-\uffef\u{2f800}-\u{2fa1f}]/u,
    words: { en: 'looks like another character: use the ordinary form', zh: '与其他字符形近：请改用通用写法' },
  },
];

/** First character of the text that the field does not allow. Dates and pictures have forms of their own. */
export function findWrongCharacter(text: string, charset: keyof typeof ALLOWED): WrongCharacter | undefined {
  let position = 0;
  for (const character of text) {
    position++;
    if (!ALLOWED[charset].test(character))
      return { position, codePoint: codePointOf(character), words: reasonOf(character) };
  }
  return undefined;
}

function reasonOf(character: string): Words {
  return (
    KINDS.find(({ kind }) => kind.test(character))?.words ?? {
      en: 'is not allowed in this field',
      zh: '不允许出现在该字段中',
    }
  );
}

function codePointOf(character: string): string {
  return 'U+' + character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}
