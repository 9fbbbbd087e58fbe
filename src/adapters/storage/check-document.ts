import type { CollectionName, Query } from '../../ports/documents.js';
import { indexesOf, type CollectionIndex } from './collection-table.js';

const ID = /^[\x21-\x7e]{1,256}$/;
const MAX_DEPTH = 64;

/**
 * Refuses, before a driver sees it, whatever would come back changed: drivers store a Date or an object bound by mistake
 * as NULL without a word, JSON drops undefined members and turns NaN into null.
 *
 * Identifiers are printable ASCII, so that every adapter sorts them alike (UTF-8 bytes and UTF-16 units agree there).
 */
export function checkDocument(collection: CollectionName, doc: object): string {
  const fields = doc as Readonly<Record<string, unknown>>;
  const id = fields['id'];
  if (typeof id !== 'string' || !ID.test(id))
    throw new TypeError(`${collection}: id is not 1 to 256 printable ASCII characters`);
  checkValue(doc, collection, 0);
  for (const index of indexesOf(collection))
    checkIndexValue(index, fields[index.field], `${collection}.${index.field}`);
  return id;
}

export function checkQuery(collection: CollectionName, query: Query): void {
  const index = indexesOf(collection).find(({ field }) => field === query.index);
  if (!index) throw new TypeError(`${collection} has no index ${query.index}`);
  checkIndexValue(index, query.equals, `${collection}.${query.index}`);
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > 1000)
    throw new TypeError('limit is not 1 to 1000');
}

export function checkPage(page: { readonly limit: number }): void {
  if (!Number.isSafeInteger(page.limit) || page.limit < 1) throw new TypeError('limit is not a positive integer');
}

export function checkVersion(version: number): void {
  if (!Number.isSafeInteger(version) || version < 1) throw new TypeError('version is not a positive integer');
}

function checkIndexValue(index: CollectionIndex, value: unknown, path: string): void {
  const fits = index.type === 'text' ? typeof value === 'string' && !value.includes('\0') : Number.isSafeInteger(value);
  if (!fits) throw new TypeError(`${path} is not ${index.type === 'text' ? 'text' : 'an integer'}`);
}

function checkValue(value: unknown, path: string, depth: number): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${path} holds half a surrogate pair`);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is not a finite number`);
    return;
  }
  if (typeof value !== 'object') throw new TypeError(`${path} is ${typeof value}`);
  if (depth === MAX_DEPTH) throw new TypeError(`${path} is nested too deeply`);
  if (Array.isArray(value)) {
    // By index and not forEach: a hole is undefined and must be seen.
    for (let i = 0; i < value.length; i++) checkValue(value[i], `${path}[${i}]`, depth + 1);
    return;
  }
  if (!isPlain(value)) throw new TypeError(`${path} is not a plain object`);
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed()) throw new TypeError(`${path} has a member name with half a surrogate pair`);
    checkValue((value as Record<string, unknown>)[key], `${path}.${key}`, depth + 1);
  }
}

/** Not `=== Object.prototype`: a plain object of another realm (a worker, a test runner) is plain too. */
function isPlain(value: object): boolean {
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype!, 'hasOwnProperty'))
  );
}
