import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../src/config/index.js';

const storeOf = (address?: string) =>
  loadSettings(address === undefined ? {} : { YINXIN_STORE: address }, { templatesDirectory: 'templates' }).store;

describe('the setting YINXIN_STORE', () => {
  it('is the SQLite store by default', () => {
    expect(storeOf()).toBeNull();
    expect(storeOf('sqlite')).toBeNull();
  });

  it.each(['mongodb://a:1,b:2/yinxin?replicaSet=rs', 'mongodb+srv://me:secret@db.example/yinxin'])(
    'is %s with the database that it names',
    (uri) => expect(storeOf(uri)).toEqual({ uri, database: 'yinxin' }),
  );

  it.each(['mongodb://me:secret@host', 'mongodb://me:secret@host/', 'mongodb://host/a/b', 'postgres://host/a', ''])(
    'is refused without repeating it: %s',
    (address) => {
      expect(() => storeOf(address)).toThrow(/^YINXIN_STORE: (?!.*secret)/);
    },
  );
});
