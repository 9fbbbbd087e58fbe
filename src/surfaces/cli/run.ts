import { parseArgs } from 'node:util';
import { isTrustError } from '../../core/errors/index.js';
import { loadSettings } from '../../config/index.js';
import { readService } from '../../setup.js';
import { EXIT, type Command, type Invocation } from './command.js';
import { COMMANDS } from './command-table.js';
import { SHIPPED } from './shipped.js';
import { UsageError } from './usage-error.js';

const COMMON = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const;

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

/** Runs one command line; answers the exit code. Errors become one line with a code, or JSON with --json. */
export async function run(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  const json = argv.includes('--json');
  const language = languageOf(argv, environment);
  try {
    const command = findCommand(argv);
    if (!command) {
      const asksForHelp = argv[0]?.startsWith('-') === true && (argv.includes('--help') || argv.includes('-h'));
      if (argv.length > 0 && !asksForHelp) throw unknownCommand(argv[0]!);
      terminal.out(overview(language));
      return asksForHelp ? EXIT.accepted : EXIT.usage;
    }
    const { values, positionals } = parse(command, argv);
    if (values['help'] === true) {
      terminal.out(helpOf(command, language));
      return EXIT.accepted;
    }
    const settings = loadSettings(environment, SHIPPED);
    if (command.worksBeforeInit !== true) await readService(settings.dataDirectory);
    const invocation: Invocation = {
      positionals,
      flags: values,
      settings,
      language,
      say: (line) => (json ? undefined : terminal.out(line)),
      answer: (value) => (json ? terminal.out(JSON.stringify(value, null, 2)) : undefined),
      progress: (line) => terminal.err(line),
    };
    return await command.run(invocation);
  } catch (error) {
    return fail(error, json, language, terminal);
  }
}

function findCommand(argv: readonly string[]): Command | undefined {
  const two = argv.slice(0, 2).join(' ');
  return COMMANDS.find(({ name }) => name === two) ?? COMMANDS.find(({ name }) => name === argv[0]);
}

function parse(
  command: Command,
  argv: readonly string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const words = command.name.split(' ').length;
    const parsed = parseArgs({
      args: argv.slice(words),
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
      strict: true,
    });
    const extra = parsed.positionals[command.operands ?? 0];
    if (extra !== undefined) throw new Error(`unexpected argument ${extra}`);
    return { values: parsed.values, positionals: parsed.positionals };
  } catch (error) {
    throw new UsageError((error as Error).message, `命令行参数有误：${(error as Error).message}`);
  }
}

/** An option in front of the command is refused too: to overlook the command would end with exit code 0. */
function unknownCommand(word: string): UsageError {
  return word.startsWith('-')
    ? new UsageError(`the command comes before ${word}`, `命令须写在 ${word} 之前`)
    : new UsageError(`unknown command ${word}`, `未知命令 ${word}`);
}

function languageOf(argv: readonly string[], environment: NodeJS.ProcessEnv): 'en' | 'zh' {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = argv[at] === '--lang' ? argv[at + 1] : argv[at]?.slice('--lang='.length);
  const chosen = asked ?? environment['LC_ALL'] ?? environment['LANG'];
  return chosen?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function fail(error: unknown, json: boolean, language: 'en' | 'zh', terminal: Terminal): number {
  const known = isTrustError(error);
  const code = known ? error.code : 'INTERNAL';
  const message = known ? error.words[language] : String((error as Error)?.stack ?? error);
  if (json)
    terminal.out(
      JSON.stringify({ error: { code, message, details: known ? (error.more.details ?? null) : null } }, null, 2),
    );
  else {
    terminal.err(`yinxin: ${message} [${code}]`);
    const details = known
      ? (error.more.details as { errors?: { field: string; en: string; zh: string }[] } | undefined)
      : undefined;
    for (const one of details?.errors ?? []) terminal.err(`  ${one.field}: ${one[language]}`);
  }
  return known && error.code === 'USAGE' ? EXIT.usage : EXIT.system;
}

function overview(language: 'en' | 'zh'): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  const head =
    language === 'zh'
      ? ['印信：电子证照与电子印章', '', '用法：yinxin 命令 [选项]', '']
      : ['Yinxin: electronic licences and seals', '', 'Usage: yinxin COMMAND [options]', ''];
  const tail = language === 'zh' ? '每条命令：--help --json --lang zh|en' : 'Every command: --help --json --lang zh|en';
  return [
    ...head,
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary[language]}`),
    '',
    tail,
  ].join('\n');
}

function helpOf({ usage, summary, help }: Command, language: 'en' | 'zh'): string {
  return [`yinxin ${usage}`, '', summary[language], '', ...help].join('\n');
}
