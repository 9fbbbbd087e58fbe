import { afterAll, describe, expect, it } from '@jest/globals';
import { emptyData, yinxin } from '../../support/command-line.js';

const { COMMANDS } = await import('../../../src/surfaces/cli/command-table.js');
const empty = emptyData();
afterAll(() => empty.remove());

describe('yinxin', () => {
  it('shows every command, in the language of the place', async () => {
    const english = await yinxin(['--help']);
    expect(english.code).toBe(0);
    const chinese = await yinxin(['--help'], { LANG: 'zh_CN.UTF-8' });
    for (const { name, summary } of COMMANDS) {
      expect(english.out).toContain(`  ${name} `);
      expect(english.out).toContain(summary.en);
      expect(chinese.out).toContain(summary.zh);
    }
  });

  it.each([
    [['--help', '--lang', 'zh'], {}, '用法'],
    [['--help', '--lang=zh'], {}, '用法'],
    [['--help', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'Usage'],
    [['--help'], { LC_ALL: 'zh_CN', LANG: 'en_US' }, '用法'],
    [['--help'], { LANG: 'fr_FR' }, 'Usage'],
    [['-h'], {}, 'Usage'],
  ])('%j in %j says %s', async (argv, environment, word) => {
    const { code, out } = await yinxin(argv, environment);
    expect(code).toBe(0);
    expect(out).toContain(word);
  });

  it('shows the commands to one who says nothing, and calls it a usage error', async () => {
    const { code, out } = await yinxin([]);
    expect(code).toBe(64);
    expect(out).toContain('verify');
  });

  it.each([
    ['an unknown command', ['sing']],
    ['half a command', ['archive']],
    ['half a command with an option', ['archive', '--json']],
    ['an option in front of the command', ['--json', 'verify', 'x.pdf']],
    ['a language in front of the command', ['--lang', 'zh', 'verify', 'x.pdf']],
    ['an unknown option', ['verify', 'x.pdf', '--trusted']],
    ['an option without its value', ['verify', 'x.pdf', '--trust']],
    ['a second file, which would be judged by nobody', ['verify', 'x.pdf', 'y.pdf']],
    ['a word behind a command that takes none', ['journal', 'check', 'x']],
  ])('refuses %s', async (_, argv) => {
    const { code, out, err } = await yinxin(argv, empty.environment);
    expect(code).toBe(64);
    expect(out + err).toContain('USAGE');
  });
});

describe.each(COMMANDS.map((command) => [command.name, command] as const))('yinxin %s', (name, command) => {
  it('has help in both languages', async () => {
    for (const lang of ['en', 'zh'] as const) {
      const { code, out } = await yinxin([...name.split(' '), '--help', '--lang', lang], empty.environment);
      expect(code).toBe(0);
      expect(out).toContain(`yinxin ${command.usage}`);
      expect(out).toContain(command.summary[lang]);
    }
  });
});

describe('yinxin before init', () => {
  const words: Readonly<Record<string, readonly string[]>> = {
    issue: ['package.json'],
    suspend: ['x', '--reason', 'x', '--basis', 'x'],
    resume: ['x', '--reason', 'x', '--basis', 'x'],
    revoke: ['x', '--reason', 'x', '--basis', 'x'],
    serve: [],
    'client register': ['counter', '--department', '11999900MB0000001K', '--key', 'package.json'],
    'client rotate': ['counter', '--key', 'package.json'],
    'journal check': [],
    'journal proof': ['0'],
    'archive check': [],
    'archive export': ['x', '--out', empty.scratch, '--purpose', 'x'],
    'seal renew': ['--department', '11999900MB0000001K', '--suite', 'SM2-SM3'],
    backup: [`${empty.scratch}/backup`],
  };

  it.each(Object.keys(words).filter((name) => name !== 'issue'))(
    '%s says that nothing is set up, and sets nothing up',
    async (name) => {
      const { existsSync } = await import('node:fs');
      for (const environment of [empty.environment, { ...empty.environment, YINXIN_PASSPHRASE: 'x' }]) {
        const ran = await yinxin([...name.split(' '), ...words[name]!, '--json'], environment);
        expect(ran.json).toMatchObject({ error: { code: 'NOT_INITIALISED' } });
        expect(ran.code).toBe(70);
        expect(existsSync(empty.data)).toBe(false);
      }
    },
  );
});
