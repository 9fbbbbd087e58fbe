import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../src/core/errors/index.js';
import { issueLicence, verifyDocument } from '../../src/operations/index.js';
import { ALL, ITEMS, filesOf, request, smallWorld } from '../support/small-world.js';
import type { SmallWorld } from '../support/small-world.js';

const sampleOf = (folder: string, name: string) =>
  JSON.parse(readFileSync(`templates/${folder}/${name}.json`, 'utf8')) as { type: string; items: Record<string, Json> };

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});

const issue = (items: Readonly<Record<string, Json>>, type?: string) =>
  issueLicence(world)(
    request({
      idempotencyKey: JSON.stringify([type, items]).slice(0, 120),
      items,
      ...(type ? { type } : {}),
      renditions: ALL,
    }),
  );

describe.each(['business-licence', 'food-business-licence', 'residence-certificate'])('a %s', (folder) => {
  it.each(['sample', 'longest'])('of the %s values is issued, and its face agrees with its data', async (name) => {
    const { type, items } = sampleOf(folder, name);
    const record = await issueLicence(world)(
      request({ idempotencyKey: `${folder} ${name}`, type, items, renditions: ALL }),
    );
    for (const bytes of await filesOf(world, record)) {
      const report = await verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true });
      expect(report).toMatchObject({ verdict: 'accepted', reasons: [] });
      if (report.file.kind === 'pdf')
        expect(report.findings.find(({ check }) => check === 'face.data')).toMatchObject({ result: 'passed' });
    }
  });
});

describe('a character', () => {
  it.each(['㛃', '䶮', '𬭎', '𰻝', '〇', '·'])('that is rare and has a glyph is drawn: %s', async (character) => {
    const record = await issue({ ...ITEMS, name: `样${character}本` });
    expect(record.phase).toBe('issued');
  });

  it.each([
    ['\u{323af}', 'U+323AF'],
    ['\u{2a701}', 'U+2A701'],
    ['\u{31351}', 'U+31351'],
  ])('that no font has is refused with its code point, never drawn as a box: %s', async (character, codePoint) => {
    await expect(issue({ ...ITEMS, name: `样${character}本` })).rejects.toMatchObject({
      code: 'GLYPH_MISSING',
      words: { en: expect.stringContaining(codePoint), zh: expect.stringContaining(codePoint) },
      more: { details: { codePoint, field: expect.stringContaining('name') } },
    });
  });

  it.each([
    ['of a private-use area', '\ue000', 'U+E000'],
    ['that turns the direction of text', '\u202e', 'U+202E'],
    ['that cannot be seen', '\u200b', 'U+200B'],
    ['that looks like another', '⼀', 'U+2F00'],
    ['that is not assigned', '\u{2b81e}', 'U+2B81E'],
  ])('%s is refused with its code point before anything is made', async (_, character, codePoint) => {
    await expect(issue({ ...ITEMS, name: `样${character}本` })).rejects.toMatchObject({
      code: 'LICENCE_ITEMS_INVALID',
      more: { details: { errors: [{ field: '/items/name', zh: expect.stringContaining(codePoint) }] } },
    });
  });

  it('of two spellings in Unicode is refused unless it is in the composed one', async () => {
    await expect(issue({ ...ITEMS, address: 'Café' })).rejects.toMatchObject({ code: 'LICENCE_ITEMS_INVALID' });
  });
});

describe('a value that is longer than its field', () => {
  it('is refused by name', async () => {
    await expect(issue({ ...ITEMS, name: '样'.repeat(31) })).rejects.toMatchObject({
      code: 'LICENCE_ITEMS_INVALID',
      more: { details: { errors: expect.arrayContaining([expect.objectContaining({ field: '/items/name' })]) } },
    });
  });
});
