import { execFile, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DEPARTMENT = '11999900MB0000001K';
const CLIENT = 'kill-test';
const SCOPES = 'licences:issue licences:read licences:read-personal archive:read';
const START_LIMIT_MS = 60_000;

/** One service with a data directory of its own: set up once, then started and killed as often as one likes. */
export class ServiceUnderTest {
  /** `prefix` is put before the command line, `environment` added to the service's. */
  static async setUp(stage, name, { prefix = [], environment = {} } = {}) {
    const folder = join(stage.folder, name);
    mkdirSync(folder);
    const service = new ServiceUnderTest(stage, folder, await freePort(), prefix, environment);
    const { apiClient, newClientKey } = await import(stage.at('api-client.js'));
    const key = await newClientKey();
    const keyFile = join(folder, 'client-key.json');
    writeFileSync(keyFile, JSON.stringify(key.publicJwk));
    await service.command('init');
    const options = ['--key', keyFile, '--department', DEPARTMENT, '--scopes', SCOPES];
    await service.command('client', 'register', CLIENT, ...options);
    service.client = apiClient({
      baseUrl: service.url,
      publicUrl: service.url,
      clientId: CLIENT,
      privateJwk: key.privateJwk,
    });
    return service;
  }

  constructor(stage, folder, port, prefix, environment) {
    this.stage = stage;
    this.prefix = prefix;
    this.data = join(folder, 'data');
    this.signatures = join(folder, 'signatures.log');
    this.log = join(folder, 'service.log');
    this.url = `http://127.0.0.1:${port}`;
    const own = { YINXIN_DATA: this.data, YINXIN_PORT: String(port) };
    this.commandEnvironment = { ...process.env, ...own };
    process.once('exit', () => this.process?.kill('SIGKILL'));
    this.environment = { ...process.env, ...own, SIGNATURES: this.signatures, ...environment };
  }

  /** Starts it and answers `{ ready, ended }` at once: `ready` when it listens, `ended` with `{ code, signal }`. */
  launch() {
    const [program, ...argv] = [...this.prefix, process.execPath, this.stage.at('dist/main.js')];
    this.process = spawn(program, argv, { env: this.environment, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => this.process.once('exit', (code, signal) => resolve({ code, signal })));
    const ready = new Promise((resolve, reject) => {
      let text = '';
      const late = setTimeout(() => reject(new Error(`the service did not start: ${text}`)), START_LIMIT_MS);
      this.process.stderr.on('data', (chunk) => {
        appendFileSync(this.log, chunk);
        if (!text.includes('"service.listening"') && !(text += chunk).includes('"service.listening"')) return;
        clearTimeout(late);
        resolve();
      });
      void ended.then(({ code, signal }) => {
        clearTimeout(late);
        reject(new Error(`the service ended before it listened (${code ?? signal}): ${text}`));
      });
    });
    ready.catch(() => undefined);
    this.ended = ended;
    return { ready, ended };
  }

  async kill() {
    this.process.kill('SIGKILL');
    return this.ended;
  }

  /** As an operator stops it. */
  async stop() {
    this.process.kill('SIGTERM');
    return this.ended;
  }

  /** Runs the command line on the same data; answers its exit code and output. */
  async command(...argv) {
    try {
      const program = [this.stage.at('dist/surfaces/cli/yinxin.js'), ...argv];
      const options = { env: this.commandEnvironment, maxBuffer: 1 << 28 };
      const { stdout } = await promisify(execFile)(process.execPath, program, options);
      return { code: 0, stdout };
    } catch (error) {
      if (typeof error.code !== 'number' || !argv.includes('--json')) throw error;
      return { code: error.code, stdout: error.stdout };
    }
  }

  /** Lines of the log about errors. */
  loggedErrors() {
    const lines = readFileSync(this.log, 'utf8').split('\n');
    return lines.filter((line) => line.includes('"level":50'));
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
