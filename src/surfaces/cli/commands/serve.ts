import { EXIT, type Command } from '../command.js';

export const serve: Command = {
  name: 'serve',
  usage: 'serve',
  summary: { en: 'run the service until it is told to stop', zh: '运行服务' },
  options: {},
  help: [
    'Settings are environment variables: YINXIN_HOST, YINXIN_PORT, YINXIN_PUBLIC_URL and others; see docs/operations.md.',
  ],
  async run({ settings, say, answer }) {
    // Loaded only here: every other command starts without the web framework.
    const { startService } = await import('../../../serve.js');
    const service = await startService(settings);
    say(service.url);
    answer({ url: service.url });
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await service.close();
    return EXIT.accepted;
  },
};
