import { describe, expect, it } from '@jest/globals';
import { toBase64 } from '../../../src/core/encoding/index.js';
import {
  checkpointText,
  emptyRoot,
  leafHash,
  readCheckpoint,
  verifyCheckpoint,
} from '../../../src/core/journal/index.js';
import { TEST_ORIGIN, ed25519LogKey, signNote, sm2LogKey, testLog, testLogKeys } from '../../support/journal-keys.js';

const root = leafHash(new Uint8Array(1));
const text = checkpointText(TEST_ORIGIN, { size: 20852163, root });
const note = signNote(text);
const [ed, sm2] = [testLogKeys[0]!, testLogKeys[1]!];
const code = (value: string) => expect.objectContaining({ code: value });

describe('checkpointText', () => {
  it('is origin, size and root, one a line', () => {
    expect(text).toBe(`journal.example/999900\n20852163\n${toBase64(root)}\n`);
    expect(checkpointText('o', { size: 0, root: emptyRoot() })).toBe(
      'o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    );
  });

  it.each(['', 'two\nlines'])('has no origin %j', (origin) => {
    expect(() => checkpointText(origin, { size: 1, root })).toThrow(code('CHECKPOINT_MALFORMED'));
  });

  it('has no size that is not a count', () => {
    expect(() => checkpointText('o', { size: -1, root })).toThrow(code('TREE_RANGE'));
  });
});

describe('verifyCheckpoint', () => {
  it('believes a note that both keys signed', async () => {
    expect(await verifyCheckpoint(note, testLog)).toEqual({ origin: TEST_ORIGIN, size: 20852163, root, note });
  });

  it("reads the specification's example as text, whoever signed it", () => {
    const example =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';
    expect(readCheckpoint(example)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 });
  });

  it('passes over lines of keys that it does not know, and over extension lines', async () => {
    const extended = signNote(text + 'extension\n', [
      ed25519LogKey('witness.example', 'w'),
      sm2,
      ed25519LogKey(TEST_ORIGIN, 'old key'),
      ed,
    ]);
    expect((await verifyCheckpoint(extended, testLog)).size).toBe(20852163);
  });

  it.each([
    ['only Ed25519 signed', signNote(text, [ed])],
    ['only SM2 signed', signNote(text, [sm2])],
    ['another key of the same name signed', signNote(text, [ed, sm2LogKey(TEST_ORIGIN, 'another')])],
    ['the right keys signed under another name', signNote(text, [ed, { ...sm2, name: 'other.example' }])],
    ['the size was changed afterwards', note.replace('20852163', '20852164')],
    ['the SM2 signature is of another text', signNote(text, [ed, { ...sm2, sign: () => sm2.sign(new Uint8Array(9)) }])],
    [
      'the Ed25519 signature is of another text',
      signNote(text, [{ ...ed, sign: () => ed.sign(new Uint8Array(9)) }, sm2]),
    ],
  ])('refuses a checkpoint when %s', async (_, bad) => {
    await expect(verifyCheckpoint(bad, testLog)).rejects.toThrow(code('CHECKPOINT_SIGNATURE'));
  });

  it('refuses a checkpoint of another journal, even by the same keys', async () => {
    const other = signNote(checkpointText('journal.example/other', { size: 1, root }));
    await expect(verifyCheckpoint(other, testLog)).rejects.toThrow(code('CHECKPOINT_ORIGIN'));
  });

  it('believes nothing when it was given no key', async () => {
    await expect(verifyCheckpoint(note, { origin: TEST_ORIGIN, keys: [] })).rejects.toThrow(
      code('CHECKPOINT_SIGNATURE'),
    );
  });

  it('refuses two lines by one key', async () => {
    await expect(verifyCheckpoint(signNote(text, [ed, sm2, ed]), testLog)).rejects.toThrow(code('NOTE_MALFORMED'));
  });

  it('says that a verifier with an unusable key is wrong', async () => {
    const keys = [{ ...ed, spki: new Uint8Array(4) }];
    await expect(verifyCheckpoint(note, { origin: TEST_ORIGIN, keys })).rejects.toThrow(code('LOG_KEY_UNSUPPORTED'));
  });

  it.each([
    ['two lines', 'o\n1\n'],
    ['an empty origin', `\n1\n${toBase64(root)}\n`],
    ['an empty size', `o\n\n${toBase64(root)}\n`],
    ['a leading zero', `o\n01\n${toBase64(root)}\n`],
    ['a sign', `o\n+1\n${toBase64(root)}\n`],
    ['a size beyond 2^53', `o\n9007199254740992\n${toBase64(root)}\n`],
    ['a size of twenty digits', `o\n18446744073709551615\n${toBase64(root)}\n`],
    ['a root of 31 bytes', `o\n1\n${toBase64(root.slice(1))}\n`],
    ['a root that is not base64', 'o\n1\n!\n'],
    ['an empty extension line', `o\n1\n${toBase64(root)}\n\nx\n`],
  ])('refuses a signed text with %s', async (_, bad) => {
    await expect(verifyCheckpoint(signNote(bad), { ...testLog, origin: 'o' })).rejects.toThrow(
      code('CHECKPOINT_MALFORMED'),
    );
  });
});
