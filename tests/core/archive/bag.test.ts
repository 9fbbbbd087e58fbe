import { describe, expect, it } from '@jest/globals';
import { fromUtf8, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { bag, validateBag } from '../../../src/core/archive/index.js';
import type { BagInput, FoundEntry, PackedFile } from '../../../src/core/archive/index.js';
import { hash } from '#primitives';
import { entriesOfFiles } from '../../support/found-entries.js';

const input: BagInput = {
  baseName: 'batch-1',
  info: [
    ['Source-Organization', '样本局'],
    ['Bagging-Date', '2026-11-20'],
  ],
  payload: [
    { path: 'a/营业执照.pdf', bytes: utf8('A') },
    { path: '100% b.txt', bytes: utf8('BB') },
  ],
  tags: [{ path: '说明文件.txt', bytes: utf8('样本') }],
};
const inside = (files: readonly PackedFile[]): PackedFile[] =>
  files.map(({ path, bytes }) => ({ path: path.slice('batch-1/'.length), bytes }));
const good = inside(bag(input));
const textOf = (path: string): string => fromUtf8(good.find((file) => file.path === path)!.bytes);
const sha512 = (text: string): string => toHex(hash('sha512', utf8(text)));

describe('a bag', () => {
  it('is valid by our own validator, without a finding', async () => {
    expect(await validateBag(entriesOfFiles(good))).toEqual({
      version: '1.0',
      complete: true,
      valid: true,
      findings: [],
      payloadFiles: 2,
      payloadBytes: 3,
    });
  });

  it('has two blanks between digest and path, and per cent signs encoded', () => {
    expect(textOf('manifest-sha512.txt')).toBe(
      `${sha512('A')}  data/a/营业执照.pdf\n${sha512('BB')}  data/100%25 b.txt\n`,
    );
  });

  it('sums up its payload after the lines that it was given', () => {
    expect(textOf('bag-info.txt')).toBe('Source-Organization: 样本局\nBagging-Date: 2026-11-20\nPayload-Oxum: 3.2\n');
  });

  it('lists every other tag file in the tag manifest, the SM3 list too', () => {
    const listed = textOf('tagmanifest-sha512.txt')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(130));
    expect(listed).toEqual(['bagit.txt', 'bag-info.txt', 'manifest-sha512.txt', 'sm3sums.txt', '说明文件.txt']);
  });

  it('lies in one folder', () => {
    expect(bag(input).every(({ path }) => path.startsWith('batch-1/'))).toBe(true);
    expect(bag({ ...input, tags: undefined })).toHaveLength(7);
  });

  it.each<[string, Partial<BagInput>]>([
    ['a base name with a slash', { baseName: 'a/b' }],
    ['a label with a blank', { info: [['a b', 'x']] }],
    ['a value of two lines', { info: [['a', 'x\ny']] }],
    ['an empty value', { info: [['a', '']] }],
    ['a sum of its own', { info: [['payload-oxum', '1.1']] }],
    ['a tag file in the payload', { tags: [{ path: 'data/x', bytes: utf8('') }] }],
    ['a tag file in place of a manifest', { tags: [{ path: 'manifest-sha512.txt', bytes: utf8('') }] }],
    ['a payload path that goes up', { payload: [{ path: '../x', bytes: utf8('') }] }],
    ['a payload path with a line break', { payload: [{ path: 'a\nb', bytes: utf8('') }] }],
  ])('is not made with %s', (_, more) => {
    expect(() => bag({ ...input, ...more })).toThrow(expect.objectContaining({ code: 'ARCHIVE_ITEM_MALFORMED' }));
  });
});

describe('a bag on disk', () => {
  /** A plain bag without tag manifest, so that one fault is one finding. */
  const plain = (more: Record<string, string | undefined> = {}): FoundEntry[] => {
    const files: Record<string, string | undefined> = {
      'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
      'manifest-sha512.txt': `${sha512('A')}  data/a\n`,
      'data/a': 'A',
      ...more,
    };
    return entriesOfFiles(
      Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [{ path, bytes: utf8(text) }])),
    );
  };
  const old = 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n';
  const line = `${sha512('A')}  data/a\n`;

  const cases: [string, string[], boolean, Record<string, string | undefined>][] = [
    ['nothing wrong', [], true, {}],
    ['lines that end with CR', [], true, { 'manifest-sha512.txt': line.replace('\n', '\r') }],
    ['no bagit.txt', ['DECLARATION_MISSING'], false, { 'bagit.txt': undefined }],
    ['a byte order mark', ['DECLARATION_MALFORMED'], false, { 'bagit.txt': `\ufeff${old}` }],
    ['a third line in bagit.txt', ['DECLARATION_MALFORMED'], false, { 'bagit.txt': `${old}x: y\n` }],
    ['an empty bagit.txt', ['DECLARATION_MALFORMED'], false, { 'bagit.txt': '' }],
    ['one line in bagit.txt', ['DECLARATION_MALFORMED'], false, { 'bagit.txt': 'BagIt-Version: 1.0\n' }],
    ['a manifest of another strong hash', ['DIGEST_DIFFERS'], true, { 'manifest-sha384.txt': '00  data/a\n' }],
    [
      'swapped lines in bagit.txt',
      ['DECLARATION_MALFORMED'],
      false,
      { 'bagit.txt': 'Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n' },
    ],
    ['an unknown version', ['VERSION_UNKNOWN'], false, { 'bagit.txt': old.replace('0.97', '2.0') }],
    [
      'an unknown encoding',
      ['ENCODING_UNKNOWN', 'FILE_UNLISTED'],
      false,
      { 'bagit.txt': old.replace('UTF-8', 'klingon') },
    ],
    ['no payload', ['FILE_MISSING', 'PAYLOAD_MISSING'], false, { 'data/a': undefined }],
    ['no manifest', ['MANIFEST_MISSING'], false, { 'manifest-sha512.txt': undefined }],
    ['another byte', ['DIGEST_DIFFERS'], true, { 'data/a': 'B' }],
    ['a file more', ['FILE_UNLISTED'], false, { 'data/b': 'B' }],
    ['a manifest line without path', ['MANIFEST_MALFORMED'], false, { 'manifest-sha512.txt': `${line}00\n` }],
    ['a manifest that cannot be checked', ['ALGORITHM_UNKNOWN'], true, { 'manifest-sm3.txt': '00  data/a\n' }],
    [
      'a tag file among the payload',
      ['PATH_MISPLACED'],
      false,
      { 'manifest-sha512.txt': `${line}${sha512(old)}  bagit.txt\n`, 'bagit.txt': old },
    ],
    [
      'a payload file among the tag files',
      ['FILE_UNLISTED', 'PATH_MISPLACED'],
      false,
      { 'tagmanifest-sha512.txt': line },
    ],
    ['a tag manifest that lists not every manifest', ['FILE_UNLISTED'], false, { 'tagmanifest-sha512.txt': '' }],
    ['a file listed twice', ['LISTED_TWICE'], false, { 'manifest-sha512.txt': line + line }],
    ['a file listed twice, of old', ['W_LISTED_TWICE'], true, { 'manifest-sha512.txt': line + line, 'bagit.txt': old }],
    ['a wrong sum', ['OXUM_DIFFERS'], false, { 'bag-info.txt': 'Payload-Oxum: 2.1\n' }],
    [
      'a right sum and another byte',
      ['DIGEST_DIFFERS'],
      true,
      { 'bag-info.txt': 'Payload-Oxum: 1.1\n', 'data/a': 'B' },
    ],
    ['two sums', ['INFO_MALFORMED'], false, { 'bag-info.txt': 'Payload-Oxum: 1.1\npayload-oxum: 1.1\n' }],
    ['a line that is no label', ['INFO_MALFORMED'], false, { 'bag-info.txt': 'x\nPayload-Oxum: 2.1\n' }],
    ['folded lines and an empty one', [], true, { 'bag-info.txt': 'A: x\n  y\n\nPayload-Oxum: 1.1\n' }],
    ['files to be fetched', ['W_FETCH'], true, { 'fetch.txt': 'https://example.org/a 1 data/a\n' }],
    ['a fetch line that is none', ['FETCH_MALFORMED', 'W_FETCH'], false, { 'fetch.txt': 'data/a\n' }],
    [
      'a fetch line beside the payload',
      ['PATH_UNSAFE', 'W_FETCH'],
      false,
      { 'fetch.txt': 'https://example.org/a - bagit.txt\n' },
    ],
    [
      'an escaped per cent sign',
      [],
      true,
      { 'manifest-sha512.txt': `${line}${sha512('B')}  data/%25\n`, 'data/%': 'B' },
    ],
    ['an escaped line break', [], true, { 'manifest-sha512.txt': `${line}${sha512('B')}  data/%0a\n`, 'data/\n': 'B' }],
    [
      'names that differ in case',
      ['W_NAMES_ALIKE'],
      true,
      { 'manifest-sha512.txt': `${line}${line.replace('/a', '/A')}`, 'data/A': 'A' },
    ],
  ];
  it.each(cases)('with %s is found to have %j', async (_, codes, complete, more) => {
    const report = await validateBag(plain(more));
    const found = [...new Set(report.findings.map(({ code }) => code))].sort();
    expect(found).toEqual(codes);
    expect(report.complete).toBe(complete);
    expect(report.valid).toBe(codes.every((code) => code.startsWith('W_')));
  });

  it.each([
    '../x',
    'data/../../x',
    '/etc/passwd',
    '~/x',
    '~root/x',
    'C:\\x',
    'data\\x',
    '\\\\host\\x',
    'data//x',
    'data/./x',
  ])('never looks at the path %s', async (path) => {
    const { findings } = await validateBag(plain({ 'manifest-sha512.txt': `${line}${sha512('A')}  ${path}\n` }));
    expect(findings.map(({ code }) => code)).toEqual(['PATH_UNSAFE']);
  });

  it('whose bagit.txt is not UTF-8 is found malformed', async () => {
    const { findings } = await validateBag(entriesOfFiles([{ path: 'bagit.txt', bytes: new Uint8Array([0xff]) }]));
    expect(findings.map(({ code }) => code)).toEqual(['DECLARATION_MALFORMED']);
  });

  it('with a link is found to have it', async () => {
    const link: FoundEntry = {
      path: 'data/link',
      kind: 'link',
      size: 0,
      read: () => Promise.reject(new Error('link')),
    };
    const empty: FoundEntry = { ...link, path: 'data/empty', kind: 'other' };
    expect((await validateBag([...plain(), link, empty])).findings.map(({ code }) => code)).toEqual(['LINK']);
  });
});
