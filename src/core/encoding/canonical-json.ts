import type { Json } from '../errors/index.js';
import { EncodingError } from './errors.js';
import { fromUtf8, utf8 } from './bytes.js';

/** RFC 8785 JSON Canonicalization Scheme, as bytes. */
export function canonicalJson(value: Json): Uint8Array {
  return utf8(canonicalText(value));
}

/** The same as text. Refuses what I-JSON (RFC 7493) has no place for: lone surrogates, NaN, infinities. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    // RFC 8785 3.2.2.3: ECMAScript's own number text is the canonical one.
    if (!Number.isFinite(value)) throw notCanonical('number');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw notCanonical('string');
    return JSON.stringify(value);
  }
  if (isList(value)) return '[' + value.map(canonicalText).join(',') + ']';
  if (typeof value !== 'object') throw notCanonical(typeof value);
  // RFC 8785 3.2.3: members are sorted by UTF-16 code units, which is what `sort` does.
  const members = Object.keys(value)
    .sort()
    .map((name) => canonicalText(name) + ':' + canonicalText(value[name]!));
  return '{' + members.join(',') + '}';
}

/**
 * Parses JSON of a stranger: UTF-8 without byte order mark, at most `maxDepth` levels, no member named twice.
 * A repeated name is refused because two readers could pick different values.
 */
export function parseJson(bytes: Uint8Array, maxDepth = 32): Json {
  const text = fromUtf8(bytes);
  refuseRepeatedNames(text, maxDepth);
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw notJson({ en: 'not valid JSON', zh: '不是有效的 JSON' }, cause);
  }
}

/** One pass over the raw text: `JSON.parse` keeps the last of two equal names without a word. */
function refuseRepeatedNames(text: string, maxDepth: number): void {
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null);
      if (open.length > maxDepth) throw notJson({ en: 'JSON is nested too deeply', zh: 'JSON 嵌套过深' });
    } else if (c === '}' || c === ']') open.pop();
    else if (c === '"') {
      const end = endOfString(text, i);
      const names = open.at(-1);
      if (names && nextIsColon(text, end + 1)) {
        const name = nameOf(text.slice(i, end + 1));
        if (names.has(name)) throw notJson({ en: 'a JSON member is named twice', zh: 'JSON 中有重复的成员名' });
        names.add(name);
      }
      i = end;
    }
  }
}

function nextIsColon(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++;
  return text[at] === ':';
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  throw notJson({ en: 'not valid JSON', zh: '不是有效的 JSON' });
}

function nameOf(raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch (cause) {
    throw notJson({ en: 'not valid JSON', zh: '不是有效的 JSON' }, cause);
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function notCanonical(what: string): EncodingError {
  return new EncodingError('JSON_NOT_CANONICALISABLE', {
    en: `this ${what} has no canonical JSON form`,
    zh: '该值没有规范的 JSON 形式',
  });
}

function notJson(words: { en: string; zh: string }, cause?: unknown): EncodingError {
  return new EncodingError('JSON_MALFORMED', words, { cause });
}
