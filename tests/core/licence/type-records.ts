import { readFileSync } from 'node:fs';
import type { Json } from '../../../src/core/errors/index.js';
import type { LicenceType } from '../../../src/core/licence/index.js';

export const TYPE_FOLDERS = ['business-licence', 'food-business-licence', 'residence-certificate'] as const;

export type TypeFolder = (typeof TYPE_FOLDERS)[number];

/** A type as it ships, read without the checks of the loader. */
export const typeRecord = (folder: TypeFolder): LicenceType => read(folder, 'type') as unknown as LicenceType;

export const sampleItems = (folder: TypeFolder, sample: 'sample' | 'longest' = 'sample'): Record<string, Json> =>
  (read(folder, sample) as { items: Record<string, Json> }).items;

function read(folder: TypeFolder, name: string): Json {
  return JSON.parse(
    readFileSync(new URL(`../../../templates/${folder}/${name}.json`, import.meta.url), 'utf8'),
  ) as Json;
}
