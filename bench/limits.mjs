import { execFileSync } from 'node:child_process';
import { pinned } from './workers.mjs';

/**
 * `openssl speed` on one core, per second of CPU time: what a perfect program could do at most.
 * Answers signatures and verifications of each algorithm, and bytes of each hash.
 */
export function measureLimits(seconds) {
  const [sm2, p256, rsa] = ['sm2', 'ecdsap256', 'rsa2048'].map((name) => speed(seconds, name));
  return {
    SM2: { sign: sm2[0], verify: sm2[1], hashBytes: hash(seconds, 'sm3') },
    'P-256': { sign: p256[0], verify: p256[1], hashBytes: hash(seconds, 'sha256') },
    'RSA-2048': { sign: rsa[0], verify: rsa[1], hashBytes: hash(seconds, 'sha256') },
  };
}

/** How often a second one core could hash so many bytes and do `count` signature operations. */
export const limitOf = ({ hashBytes, ...rates }, operation, { count = 1, bytes = 0 } = {}) =>
  1 / (count / rates[operation] + bytes / hashBytes);

function speed(seconds, algorithm) {
  // Machine-readable: +F…:number:bits:[curve:]sign/s:verify/s
  const line = openssl(seconds, algorithm).match(/^\+F.*$/m);
  if (!line) throw new Error(`openssl speed ${algorithm} gave no figures`);
  return line[0].split(':').slice(-2).map(Number);
}

function hash(seconds, name) {
  const line = openssl(seconds, '-bytes', '16384', '-evp', name).match(/^\+F:.*$/m);
  if (!line) throw new Error(`openssl speed ${name} gave no figures`);
  return Number(line[0].split(':').at(-1));
}

function openssl(seconds, ...what) {
  const [command, ...args] = pinned(0, ['openssl', 'speed', '-mr', '-seconds', String(seconds), ...what]);
  return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
}
