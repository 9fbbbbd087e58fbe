import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FONT_FILES, fontFiles } from '../../../src/adapters/fonts/index.js';

const TEMPLATES = join(import.meta.dirname, '../../../templates');

describe('fontFiles', () => {
  it('loads every pinned font once, each with the rare characters of names or a fallback that has them', async () => {
    const fonts = fontFiles(TEMPLATES);
    const book = await fonts.load();
    expect([...book.keys()]).toEqual(FONT_FILES.map(({ name }) => name));
    expect(await fonts.load()).toBe(book);
    for (const [, font] of book)
      for (const rare of '㛃䶮𬭎') expect(font.glyphOf(rare.codePointAt(0)!)).toBeGreaterThan(0);
    expect(book.get('kai')!.glyphOf('𠮷'.codePointAt(0)!)).toBeGreaterThan(0);
  });

  it('refuses a font file that is not the pinned one, and one that is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yinxin-fonts-'));
    try {
      await expect(fontFiles(folder).load()).rejects.toMatchObject({
        code: 'FONT_MALFORMED',
        words: { en: 'the font file fonts/kai.ttf cannot be read' },
      });
      mkdirSync(join(folder, 'fonts'));
      copyFileSync(join(TEMPLATES, 'fonts/kai.ttf'), join(folder, 'fonts/kai.ttf'));
      truncateSync(join(folder, 'fonts/kai.ttf'), 1_000_000);
      await expect(fontFiles(folder).load()).rejects.toMatchObject({
        code: 'FONT_MALFORMED',
        words: { en: 'the font file fonts/kai.ttf is not the pinned one' },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
