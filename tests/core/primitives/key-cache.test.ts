import { describe, expect, it } from '@jest/globals';
import { KeyCache } from '../../../src/core/primitives/key-cache.js';

describe('KeyCache', () => {
  const decoded: string[] = [];
  const ask = (cache: KeyCache<string>, name: string) => {
    const answer = cache.get(name, () => {
      decoded.push(name);
      return `key ${name}`;
    });
    expect(answer).toBe(`key ${name}`);
  };

  it('decodes a key once, and again after newer ones have pushed it out', () => {
    const dropped: string[] = [];
    const cache = new KeyCache<string>(2, (key) => dropped.push(key));
    for (const name of ['a', 'a', 'b', 'a', 'c', 'b', 'a']) ask(cache, name);
    expect(decoded).toEqual(['a', 'b', 'c', 'a']);
    expect(dropped).toEqual(['key a', 'key b']);
  });

  it('frees nothing where nothing has to be freed', () => {
    const cache = new KeyCache<string>(1);
    for (const name of ['a', 'b', 'a']) ask(cache, name);
  });

  it('does not keep a failure', () => {
    const cache = new KeyCache<string>(1);
    const broken = () => {
      throw new Error('no key');
    };
    expect(() => cache.get('a', broken)).toThrow('no key');
    ask(cache, 'a');
  });
});
