import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from '#primitives';
import type { Json, Words } from '../../core/errors/index.js';
import { isTrustError } from '../../core/errors/index.js';
import { canonicalJson, parseJson, toHex } from '../../core/encoding/index.js';
import { suiteById } from '../../core/crypto/index.js';
import { checkLicenceType } from '../../core/licence/index.js';
import type { ItemsValidator, LicenceType } from '../../core/licence/index.js';
import { malformed } from './errors.js';
import { compileItems, type SchemaCheck } from './schemas.js';

export interface LoadedType {
  /** Folder name below the directory of templates. */
  readonly folder: string;
  readonly type: LicenceType;
  readonly layout: Json;
  readonly validateItems: ItemsValidator;
  readonly digest: string;
}

/** Reads and checks one folder. Throws TEMPLATE_MALFORMED with the first thing that is wrong. */
export async function loadType(directory: string, folder: string, checkForm: SchemaCheck): Promise<LoadedType> {
  const file = `${folder}/type.json`;
  const record = await readJson(directory, file);
  const [misshapen] = checkForm(record.json);
  if (misshapen) throw malformed(file, misshapen.field, misshapen.words);
  const members = Object.entries(record.json as { readonly [key: string]: Json }).filter(([name]) => name !== '$schema');
  const type = Object.fromEntries(members) as unknown as LicenceType;
  const [inconsistent] = checkLicenceType(type);
  if (inconsistent) throw malformed(file, inconsistent.field, inconsistent.words);
  type.suites.forEach((suite, i) => {
    if (!isSuite(suite)) throw malformed(file, `/suites/${i}`, { en: 'unknown signature suite', zh: '未知的签名算法套件' });
  });
  const validateItems = compileItems(type.items, (index, cause) =>
    malformed(file, `/items/${index}/schema`, { en: 'not a JSON Schema that can be used', zh: '不是可用的 JSON Schema' }, cause),
  );
  const layout = await readJson(directory, `${folder}/${type.layout}`);
  return { folder, type, layout: layout.json, validateItems, digest: digestOf({ 'type.json': record.bytes, [type.layout]: layout.bytes }) };
}

/** Parses a file of the directory; what cannot be read or parsed is malformed. */
export async function readJson(directory: string, file: string): Promise<{ readonly json: Json; readonly bytes: Uint8Array }> {
  const bytes = await readFile(join(directory, file)).catch((cause: unknown) => {
    throw malformed(file, '', { en: 'cannot be read', zh: '无法读取' }, cause);
  });
  try {
    return { json: parseJson(new Uint8Array(bytes)), bytes };
  } catch (cause) {
    const words: Words = isTrustError(cause) ? cause.words : { en: 'not valid JSON', zh: '不是有效的 JSON' };
    throw malformed(file, '', words, cause);
  }
}

/** SHA-256 of the canonical JSON that gives each file's own SHA-256 by its name. */
function digestOf(files: Readonly<Record<string, Uint8Array>>): string {
  const digests = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, toHex(hash('sha256', bytes))]));
  return toHex(hash('sha256', canonicalJson(digests)));
}

function isSuite(id: string): boolean {
  try {
    suiteById(id);
    return true;
  } catch {
    return false;
  }
}
