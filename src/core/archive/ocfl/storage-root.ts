import { hash } from '#primitives';
import { toHex, utf8 } from '../../encoding/index.js';
import type { PackedFile } from '../types.js';

const LAYOUT = '0004-hashed-n-tuple-storage-layout';
const TUPLES = 3;
const TUPLE_SIZE = 3;

/** OCFL extension 0004 with SHA-256, three tuples of three characters: where the object of this id lies in the storage root. */
export function ocflObjectPath(id: string): string {
  const name = toHex(hash('sha256', utf8(id)));
  const tuples = Array.from({ length: TUPLES }, (_, i) => name.slice(i * TUPLE_SIZE, (i + 1) * TUPLE_SIZE));
  return [...tuples, name].join('/');
}

/** The files that make a folder an OCFL 1.1 storage root (clause 4.1), the declaration last. */
export function ocflStorageRoot(): readonly PackedFile[] {
  const json = (value: object): Uint8Array => utf8(JSON.stringify(value, null, 2) + '\n');
  return [
    {
      path: `extensions/${LAYOUT}/config.json`,
      bytes: json({
        extensionName: LAYOUT,
        digestAlgorithm: 'sha256',
        tupleSize: TUPLE_SIZE,
        numberOfTuples: TUPLES,
        shortObjectRoot: false,
      }),
    },
    {
      path: 'ocfl_layout.json',
      bytes: json({
        extension: LAYOUT,
        description: 'Folders by the SHA-256 of the object id: three times three characters, then all of it',
      }),
    },
    { path: '0=ocfl_1.1', bytes: utf8('ocfl_1.1\n') },
  ];
}
