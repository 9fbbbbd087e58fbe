import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hash } from '#primitives';
import { toHex } from '../../core/encoding/index.js';
import { LayoutError, readFont } from '../../core/renditions/index.js';
import type { Font, FontBook, FontName } from '../../core/renditions/index.js';
import type { Fonts } from '../../ports/fonts.js';
import { FONT_FILES } from './font-files.table.js';
import type { PinnedFont } from './font-files.table.js';

/** Fonts from npm packages and from the folder of templates, checked against their pinned hashes. */
export function fontFiles(templates: string): Fonts {
  let book: Promise<FontBook> | undefined;
  return {
    load: () => (book ??= loadAll(templates)),
  };
}

async function loadAll(templates: string): Promise<FontBook> {
  const entries = await Promise.all(
    FONT_FILES.map(async (pinned): Promise<[FontName, Font]> => [pinned.name, await loadFont(pinned, templates)]),
  );
  return new Map(entries);
}

async function loadFont(pinned: PinnedFont, templates: string): Promise<Font> {
  const bytes = await readPinned(pinned, templates);
  if (toHex(hash('sha256', bytes)) !== pinned.sha256)
    throw new LayoutError('FONT_MALFORMED', {
      en: `the font file ${pinned.file} is not the pinned one`,
      zh: `字体文件 ${pinned.file} 与固定的版本不符`,
    });
  return readFont(bytes);
}

async function readPinned({ from, file }: PinnedFont, templates: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(
      from === 'templates' ? join(templates, file) : createRequire(import.meta.url).resolve(file),
    );
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (cause) {
    throw new LayoutError(
      'FONT_MALFORMED',
      { en: `the font file ${file} cannot be read`, zh: `无法读取字体文件 ${file}` },
      { cause },
    );
  }
}
