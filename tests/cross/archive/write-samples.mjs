// Writes, through our own code, what foreign validators are to judge: node write-samples.mjs DIRECTORY
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bag, ocflObject } from '../../../dist/core/archive/index.js';
import { openDiskArchives } from '../../../dist/adapters/storage/index.js';

const [directory] = process.argv.slice(2);
const utf8 = (text) => new TextEncoder().encode(text);

const files = (count) => [
  { logicalPath: 'data/result/营业执照（副本）.pdf', bytes: utf8('%PDF-1.7 样本') },
  { logicalPath: 'data/result/licence.json', bytes: utf8('{}') },
  { logicalPath: 'metadata/same-bytes.json', bytes: utf8('{}') },
  { logicalPath: 'empty', bytes: utf8('') },
  ...Array.from({ length: count }, (_, i) => ({
    logicalPath: `data/basis/${i}.bin`,
    bytes: new Uint8Array(i * 1000).fill(i),
  })),
];

for (const kind of ['good', 'changed', 'removed', 'added']) {
  const archives = await openDiskArchives({ directory: join(directory, `root-${kind}`) });
  for (let i = 0; i < 5; i++) {
    const { objectPath, files: packed } = ocflObject({
      id: `urn:uuid:00000000-0000-4000-8000-00000000000${i}`,
      created: '2026-11-20T08:00:00.000Z',
      message: '签发 样本',
      user: { name: 'Yinxin', address: 'https://example.org/yinxin' },
      files: files(i),
    });
    await archives.write(objectPath, packed);
  }
}

const payload = files(3).map(({ logicalPath, bytes }) => ({ path: logicalPath, bytes }));
for (const kind of ['good', 'changed', 'removed', 'added'])
  for (const { path, bytes } of bag({
    baseName: `bag-${kind}`,
    info: [
      ['Source-Organization', '样本局'],
      ['Bagging-Date', '2026-11-20'],
    ],
    payload,
    tags: [{ path: '说明文件.txt', bytes: utf8('样本') }],
  })) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), bytes);
  }
