import type { Words } from '../../errors/index.js';

/** Puts details into the places of a sentence; a place without a detail becomes a dash. */
export function fill(words: Words, details: Readonly<Record<string, string | number | boolean | null>> = {}): Words {
  const put = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) =>
      String((Object.hasOwn(details, name) ? details[name] : null) ?? '—'),
    );
  return { en: put(words.en), zh: put(words.zh) };
}
