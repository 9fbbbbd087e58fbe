import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../../ports/files.js';
import { Bounded } from '../bounded.js';
import { writeNewFile } from '../durable-write.js';
import { storeCorrupt, storeUnavailable } from '../errors.js';
import { SharedSync } from '../shared-sync.js';
import { isNotFound, makeDurableDirectory } from '../sync.js';

const NAME = /^[0-9a-f]{64}$/;
/** More than the four threads of libuv: the kernel joins fsyncs that wait together into one commit of its journal. */
const PUTS_AT_ONCE = 32;
/** Where files grow until they are whole; leftovers of a crash there mean nothing and may be deleted. */
const INCOMING = 'incoming';

/** `<directory>/<first two digits>/<sha256>`. */
class DiskFiles implements Files {
  private readonly puts = new Bounded(PUTS_AT_ONCE);
  private readonly synced = new SharedSync();
  private readonly folders = new Map<string, Promise<void>>();

  constructor(private readonly directory: string) {}

  async put(bytes: Uint8Array): Promise<string> {
    // A copy: the caller may reuse its memory while this write waits.
    const copy = Buffer.from(bytes);
    const name = sha256(copy);
    await this.puts.run(async () => {
      try {
        await this.store(name, copy);
      } catch (cause) {
        throw storeUnavailable(cause);
      }
    });
    return name;
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    if (!NAME.test(name)) return undefined;
    const bytes = await this.read(name);
    if (bytes && sha256(bytes) !== name) throw storeCorrupt('a file does not hash to its name', { file: name });
    return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  async *list(): AsyncIterable<string> {
    for (const folder of (await readdir(this.directory)).sort()) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      const names = await readdir(join(this.directory, folder));
      yield* names.filter((name) => NAME.test(name) && name.startsWith(folder)).sort();
    }
  }

  /** The order is the point: bytes, then name, then folder, then the folder's own entry. */
  private async store(name: string, bytes: Buffer): Promise<void> {
    const folder = join(this.directory, name.slice(0, 2));
    await this.prepare(folder);
    const present = await this.read(name);
    if (!present?.equals(bytes)) {
      const growing = join(this.directory, INCOMING, `${name}.${randomUUID()}`);
      try {
        await writeNewFile(growing, bytes);
        await rename(growing, join(folder, name));
      } catch (error) {
        await rm(growing, { force: true });
        throw error;
      }
    }
    // Also for a file that was there: whoever renamed it may have died before this.
    await this.synced.directory(folder);
  }

  /** Once per folder and process: made if missing, and its entry synced in any case. */
  private prepare(folder: string): Promise<void> {
    let ready = this.folders.get(folder);
    if (!ready) {
      ready = mkdir(folder, { recursive: true }).then(() => this.synced.directory(this.directory));
      ready.catch(() => this.folders.delete(folder));
      this.folders.set(folder, ready);
    }
    return ready;
  }

  private async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.directory, name.slice(0, 2), name));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw storeUnavailable(error);
    }
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Opens the directory or makes it. */
export async function openDiskFiles({ directory }: { readonly directory: string }): Promise<Files> {
  try {
    await makeDurableDirectory(join(directory, INCOMING));
  } catch (cause) {
    throw storeUnavailable(cause);
  }
  return new DiskFiles(directory);
}
