import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../../ports/index.js';
import { malformed } from './errors.js';
import { loadType, readJson, type LoadedType } from './load-type.js';
import { compileSchema, type SchemaCheck } from './schemas.js';

const FORM = 'type.schema.json';

/**
 * Reads every licence type below a directory: each folder with a `type.json` is one version of one type, checked
 * against `type.schema.json` beside the folders. Other folders (fonts) are left alone.
 *
 * @throws TemplateError TEMPLATE_MALFORMED; nothing is opened unless everything is sound
 */
export async function openTemplates(directory: string): Promise<Templates> {
  const checkForm = await readForm(directory);
  const folders = await typeFolders(directory);
  const loaded = await Promise.all(folders.map((folder) => loadType(directory, folder, checkForm)));
  refuseTwins(loaded);
  // Newest version first, so that `find` by code alone meets it.
  const all = [...loaded].sort((a, b) => Number(b.type.version) - Number(a.type.version));
  const find = (code: string, version?: string) =>
    all.find(({ type }) => type.code === code && (version === undefined || type.version === version));
  const get = (code: string, version?: string) => {
    const found = find(code, version);
    if (!found) throw new TypeError(`no licence type ${code} ${version ?? ''}`);
    return found;
  };
  const newest = all.filter((entry) => find(entry.type.code) === entry).map(({ type }) => type);
  newest.sort((a, b) => (a.code < b.code ? -1 : 1));
  return {
    types: () => newest,
    type: (code, version) => find(code, version)?.type,
    layout: (code, version) => get(code, version).layout,
    validator: (code, version) => get(code, version).validateItems,
    digest: (code, version) => get(code, version).digest,
  };
}

async function readForm(directory: string): Promise<SchemaCheck> {
  const { json } = await readJson(directory, FORM);
  try {
    return compileSchema(json);
  } catch (cause) {
    throw malformed(FORM, '', { en: 'not a JSON Schema that can be used', zh: '不是可用的 JSON Schema' }, cause);
  }
}

async function typeFolders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'type.json')))
    .map((entry) => entry.name)
    .sort();
}

function refuseTwins(loaded: readonly LoadedType[]): void {
  const seen = new Map<string, string>();
  for (const { folder, type } of loaded) {
    const name = `${type.code}/${type.version}`;
    const other = seen.get(name);
    if (other !== undefined)
      throw malformed(`${folder}/type.json`, '/version', {
        en: `${other} is the same version of the same type`,
        zh: `与 ${other} 为同一类型的同一版本`,
      });
    seen.set(name, folder);
  }
}
