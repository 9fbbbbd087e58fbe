// Everything about the code that can be checked without running it. All steps run, then the exit code tells.
import { spawn } from 'node:child_process';

const steps = [
  ['types', 'tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['lint', 'eslint', 'src', 'tests', 'scripts', 'bench'],
  ['format', 'prettier', '--check', '--log-level', 'warn', 'src', 'tests', 'scripts', 'bench', 'api-spec'],
  ['imports', 'depcruise', 'src'],
  ['contract', 'redocly', 'lint', 'api-spec/openapi.yaml'],
  ['generated', 'node', 'scripts/generate.mjs', '--check'],
];

const run = ([name, command, ...args]) =>
  new Promise((done) => {
    const path = `node_modules/.bin:${process.env.PATH}`;
    const child = spawn(command, args, {
      env: { ...process.env, PATH: path, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}\n${code === 0 ? '' : output}`);
      done(code === 0);
    });
  });

let good = true;
for (const step of steps) good = (await run(step)) && good;
process.exit(good ? 0 : 1);
