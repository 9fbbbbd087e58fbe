import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { loadSettings } from './config/index.js';
import { isTrustError } from './core/errors/index.js';
import { startService } from './serve.js';

const shipped = { templatesDirectory: fileURLToPath(new URL('../templates', import.meta.url)) };

try {
  const service = await startService(loadSettings(process.env, shipped));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      service.close().then(
        () => process.exit(0),
        () => process.exit(70),
      );
    });
} catch (error) {
  process.stderr.write(
    isTrustError(error)
      ? `yinxin: ${error.words.en} / ${error.words.zh} [${error.code}]\n`
      : `yinxin: ${String((error as Error).stack)}\n`,
  );
  process.exitCode = 70;
}
