import { describe, expect, it } from '@jest/globals';
import { toBase64, utf8 } from '../../../src/core/encoding/index.js';
import {
  checkpointText,
  inclusionProof,
  leafHash,
  readTlogProof,
  treeRoot,
  verifyTlogProof,
  writeTlogProof,
} from '../../../src/core/journal/index.js';
import { TEST_ORIGIN, signNote, testLog, testLogKeys } from '../../support/journal-keys.js';

const leaves = Array.from({ length: 5 }, (_, i) => utf8(`leaf ${i}`));
const hashes = leaves.map(leafHash);
const root = treeRoot(hashes);
const inner = inclusionProof(2, 5, ({ level, index }) =>
  treeRoot(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
);
const checkpoint = signNote(checkpointText(TEST_ORIGIN, { size: 5, root }));
const proof = writeTlogProof({ ...inner, checkpoint });
const leaf = leaves[2]!;
const code = (value: string) => expect.objectContaining({ code: value });

describe('a tlog-proof', () => {
  it('is the text of the specification and reads back', () => {
    const lines = inner.hashes.map((hash) => toBase64(hash) + '\n').join('');
    expect(proof).toBe(`c2sp.org/tlog-proof@v1\nindex 2\n${lines}\n${checkpoint}`);
    expect(readTlogProof(proof)).toEqual({ ...inner, checkpoint });
  });

  it('of the only leaf has no hashes', () => {
    const single = signNote(checkpointText(TEST_ORIGIN, { size: 1, root: hashes[0]! }));
    const text = writeTlogProof({ index: 0, hashes: [], checkpoint: single });
    expect(text).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${single}`);
    expect(readTlogProof(text)).toEqual({ index: 0, hashes: [], checkpoint: single });
  });

  it('may carry extra data, which is read over', () => {
    expect(readTlogProof(proof.replace('\n', '\nextra AAAA\n'))).toEqual({ ...inner, checkpoint });
  });

  it.each([
    ['nothing', ''],
    ['no blank line', 'c2sp.org/tlog-proof@v1\nindex 2\n'],
    ['another version', proof.replace('@v1', '@v2')],
    ['no index', proof.replace('index 2\n', '')],
    ['nothing after the first line', 'c2sp.org/tlog-proof@v1\n\n' + checkpoint],
    ['a leading zero', proof.replace('index 2', 'index 02')],
    ['a negative index', proof.replace('index 2', 'index -2')],
    ['an index beyond 2^53', proof.replace('index 2', 'index 9007199254740993')],
    ['an index of seventeen digits', proof.replace('index 2', 'index 10000000000000000')],
    ['extra data that is not base64', proof.replace('\n', '\nextra !\n')],
    ['extra data twice', proof.replace('\n', '\nextra AAAA\nextra AAAA\n')],
    ['a hash of 30 bytes', proof.replace('index 2\n', `index 2\n${toBase64(new Uint8Array(30))}\n`)],
    ['a hash that is not base64', proof.replace('index 2\n', 'index 2\n????\n')],
    ['54 hashes', proof.replace('index 2\n', 'index 2\n' + (toBase64(root) + '\n').repeat(54))],
    ['Windows line ends', proof.replaceAll('\n', '\r\n')],
    ['more than 128 Ki characters', proof + 'x'.repeat(131_072)],
  ])('is refused with %s', async (_, text) => {
    await expect(verifyTlogProof({ proof: text, leaf, log: testLog })).rejects.toThrow(code('PROOF_MALFORMED'));
  });
});

describe('verifyTlogProof', () => {
  it('gives index and checkpoint of a leaf that the journal had', async () => {
    expect(await verifyTlogProof({ proof, leaf, log: testLog })).toEqual({
      index: 2,
      checkpoint: { origin: TEST_ORIGIN, size: 5, root, note: checkpoint },
    });
  });

  it.each([
    ['another leaf', proof, leaves[3]!],
    ['another index', proof.replace('index 2', 'index 3'), leaf],
    ['an index outside the tree', proof.replace('index 2', 'index 5'), leaf],
    ['a hash too few', writeTlogProof({ ...inner, hashes: inner.hashes.slice(1), checkpoint }), leaf],
    ['the hash of the leaf in place of its data', proof, hashes[2]!],
  ])('refuses %s', async (_, text, data) => {
    await expect(verifyTlogProof({ proof: text, leaf: data, log: testLog })).rejects.toThrow(code('PROOF_MISMATCH'));
  });

  it('refuses what the keys of the journal did not sign', async () => {
    const half = writeTlogProof({
      ...inner,
      checkpoint: signNote(checkpointText(TEST_ORIGIN, { size: 5, root }), [testLogKeys[0]!]),
    });
    await expect(verifyTlogProof({ proof: half, leaf, log: testLog })).rejects.toThrow(code('CHECKPOINT_SIGNATURE'));
    const log = { ...testLog, origin: 'elsewhere' };
    await expect(verifyTlogProof({ proof, leaf, log })).rejects.toThrow(code('CHECKPOINT_ORIGIN'));
  });

  it('lets no single changed character pass, save in a way that changes nothing', async () => {
    for (let at = 0; at < proof.length; at++) {
      const changed = proof.slice(0, at) + (proof[at] === 'A' ? 'B' : 'A') + proof.slice(at + 1);
      await expect(verifyTlogProof({ proof: changed, leaf, log: testLog })).rejects.toMatchObject({
        code: expect.any(String),
      });
    }
  });
});
