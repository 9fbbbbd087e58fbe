import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { openDiskFiles, openSqliteDocuments } from '../../../src/adapters/storage/index.js';

const ROUNDS = 10;

describe('a writer killed with SIGKILL', () => {
  const dir = mkdtempSync(join(tmpdir(), 'yinxin-kill-'));
  const child = join(dir, 'child.mjs');
  const database = join(dir, 'store', 'store.db');
  const directory = join(dir, 'files');

  beforeAll(async () => {
    await build({
      entryPoints: ['tests/adapters/storage/kill-child.ts'],
      outfile: child,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      alias: { '#primitives': resolve('src/core/primitives/node.ts') },
    });
    symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  /** Kills at the `after`-th acknowledgement and answers all that were printed before the process was gone. */
  async function acknowledged(round: number, after: number): Promise<[name: string, file: string][]> {
    const process_ = spawn(process.execPath, [child, database, directory, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: [string, string][] = [];
    for await (const line of createInterface({ input: process_.stdout })) {
      const [name, file] = line.split(' ');
      // The last line may be cut by the kill.
      if (file?.length === 64) lines.push([name!, file]);
      if (lines.length === after) process_.kill('SIGKILL');
    }
    return lines;
  }

  it(`loses nothing of what it acknowledged, at ${ROUNDS} random moments`, async () => {
    const all: [string, string][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const lines = await acknowledged(round, 1 + Math.floor(Math.random() * 80));
      expect(lines.length).toBeGreaterThan(0);
      all.push(...lines);
      const documents = await openSqliteDocuments({ file: database });
      const files = await openDiskFiles({ directory });
      // Each round its own, the last one all: what survived one kill must survive the next too.
      for (const [name, file] of round === ROUNDS - 1 ? all : lines) {
        expect(await documents.get('archives', name)).toMatchObject({
          version: 2,
          doc: { path: 'filed', sha512: file },
        });
        expect((await files.get(file))?.length).toBe(name.length * 1000);
      }
      // What was not acknowledged is whole or absent, and its file is there: files come before the documents that name them.
      for (const { doc, version } of await documents.scan('archives', { after: `${round}-`, limit: 100_000 })) {
        expect(doc.path).toBe(version === 2 ? 'filed' : '');
        expect(await files.get(doc.sha512)).toBeDefined();
      }
      await documents.close();
    }
  }, 60_000);
});
