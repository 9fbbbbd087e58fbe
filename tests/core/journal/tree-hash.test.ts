import { describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { concat, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { blindedLeaf, emptyRoot, leafHash, nodeHash, treeRoot } from '../../../src/core/journal/index.js';
import { CT_LEAVES, CT_ROOTS } from './ct-tree.js';

describe('tree hashes of RFC 6962', () => {
  it.each(CT_ROOTS.map((root, size) => [size, root] as const))(
    'give the known root of the test tree of %d leaves',
    (size, root) => {
      expect(toHex(treeRoot(CT_LEAVES.slice(0, size).map(leafHash)))).toBe(root);
    },
  );

  it('keep leaves and nodes apart', () => {
    const [a, b] = [leafHash(utf8('a')), leafHash(utf8('b'))];
    expect(nodeHash(a, b)).not.toEqual(leafHash(concat([a, b])));
    expect(toHex(emptyRoot())).toBe(CT_ROOTS[0]);
  });

  it('blind a content digest by hashing the blinding before it', () => {
    const [blinding, content] = [new Uint8Array(16).fill(7), hash('sha256', utf8('content'))];
    expect(blindedLeaf(blinding, content)).toEqual(hash('sha256', concat([blinding, content])));
    expect(blindedLeaf(new Uint8Array(16).fill(8), content)).not.toEqual(blindedLeaf(blinding, content));
  });
});
