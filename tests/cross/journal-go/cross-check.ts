// The TypeScript half: `write FILE` writes cases for the Go half, `read FILE TESTDATA` judges what Go and its testdata say.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { der, fromBase64, fromHex, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { isTrustError } from '../../../src/core/errors/index.js';
import {
  EMPTY_EDGE,
  checkpointText,
  consistencyProof,
  emptyRoot,
  growEdge,
  headOfEdge,
  inclusionProof,
  leafHash,
  tileBytes,
  tilePath,
  tileWidth,
  treeRoot,
  verifierKey,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
  writeTlogProof,
} from '../../../src/core/journal/index.js';
import type { LogKey, NodeReader, TreeHash, TreeHead } from '../../../src/core/journal/index.js';
import { TEST_ORIGIN, signNote, testLogKeys } from '../../support/journal-keys.js';

const leafData = (index: number) => utf8(`leaf ${index}`);
const LEAVES = 70_000;
const SIZES = [
  1,
  2,
  3,
  4,
  5,
  7,
  8,
  13,
  16,
  31,
  33,
  64,
  100,
  255,
  256,
  257,
  511,
  513,
  1000,
  65_535,
  65_536,
  65_537,
  LEAVES,
];

/** Hashes of complete subtrees, level by level: as plain a reader as can be. */
function subtrees(leaves: readonly TreeHash[]): NodeReader {
  const known = new Map<string, TreeHash>();
  const read: NodeReader = ({ level, index }) => {
    if (level === 0) return leaves[index]!;
    const name = `${level}/${index}`;
    const hash =
      known.get(name) ??
      treeRoot([read({ level: level - 1, index: 2 * index }), read({ level: level - 1, index: 2 * index + 1 })]);
    known.set(name, hash);
    return hash;
  };
  return read;
}

const flip = (hash: Uint8Array) => hash.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);

function write(file: string): void {
  const leaves = Array.from({ length: LEAVES }, (_, i) => leafHash(leafData(i)));
  const read = subtrees(leaves);
  const heads = new Map(SIZES.map((size) => [size, headOfEdge(growEdge(EMPTY_EDGE, leaves.slice(0, size)).edge)]));
  const rootAt = (size: number) => toHex(heads.get(size)!.root);

  const inclusion = SIZES.flatMap((size) =>
    [...new Set([0, 1, Math.floor(size / 3), Math.floor(size / 2), size - 2, size - 1])]
      .filter((index) => index >= 0 && index < size)
      .flatMap((index) => {
        const good = {
          index,
          size,
          root: rootAt(size),
          hashes: hexes(inclusionProof(index, size, read).hashes),
          valid: true,
        };
        const bad = good.hashes.map((hash, i) => ({
          ...good,
          hashes: good.hashes.with(i, toHex(flip(fromHex(hash)))),
          valid: false,
        }));
        return [good, ...bad, { ...good, root: toHex(flip(fromHex(good.root))), valid: false }];
      }),
  );
  const consistency = SIZES.flatMap((from) =>
    SIZES.filter((to) => to >= from).flatMap((to) => {
      const good = {
        from,
        to,
        fromRoot: rootAt(from),
        toRoot: rootAt(to),
        hashes: hexes(consistencyProof(from, to, read).hashes),
        valid: true,
      };
      return [good, { ...good, fromRoot: toHex(flip(fromHex(good.fromRoot))), valid: false }];
    }),
  );
  const tiles = growEdge(EMPTY_EDGE, leaves).full.map(({ tile, rows }) => ({
    ...tile,
    path: tilePath(tile),
    hashes: toHex(tileBytes(rows)),
  }));
  const partial = growEdge(EMPTY_EDGE, leaves).edge.tiles.map((rows, level) => {
    const index = Math.floor(LEAVES / 256 ** (level + 1));
    const tile = { level, index, width: tileWidth(level, index, LEAVES) };
    return { ...tile, path: tilePath(tile), hashes: toHex(tileBytes(rows)) };
  });
  const paths = [0, 999, 1000, 1_234_067, 999_999_999, 2 ** 45].flatMap((index) =>
    [1, 17, 255, 256].map((width) => ({ level: 2, index, width, path: tilePath({ level: 2, index, width }) })),
  );
  const notes = SIZES.map((size) => {
    const note = signNote(checkpointText(TEST_ORIGIN, heads.get(size)!));
    return { note, key: verifierKey(testLogKeys[0]!), size, root: rootAt(size), valid: true };
  });
  const badNotes = notes.map(({ note, ...rest }) => ({
    ...rest,
    note: note.replace(`\n${rest.size}\n`, `\n${rest.size + 1}\n`),
    valid: false,
  }));
  const proofs = SIZES.map((size) => ({
    index: size - 1,
    proof: writeTlogProof({
      ...inclusionProof(size - 1, size, read),
      checkpoint: notes.find((each) => each.size === size)!.note,
    }),
    key: verifierKey(testLogKeys[0]!),
  }));
  writeFileSync(
    file,
    JSON.stringify({
      leaves: LEAVES,
      emptyRoot: toHex(emptyRoot()),
      inclusion,
      consistency,
      tiles: [...tiles, ...partial],
      paths,
      notes: [...notes, ...badNotes],
      proofs,
    }),
  );
}

interface GoCases {
  readonly inclusion: readonly {
    index: number;
    size: number;
    root: string;
    leafHash: string;
    hashes: readonly string[] | null;
  }[];
  readonly consistency: readonly {
    from: number;
    to: number;
    fromRoot: string;
    toRoot: string;
    hashes: readonly string[] | null;
  }[];
  readonly notes: readonly { note: string; key: string; origin: string; size: number; valid: boolean }[];
  readonly proofs: readonly { proof: string; leaf: string; key: string; origin: string; index: number }[];
}

let passed = 0;
let failed = 0;
function check(what: string, holds: boolean): void {
  if (holds) passed++;
  else {
    failed++;
    process.stdout.write(`failed: ${what}\n`);
  }
}

async function read(file: string, testdata: string): Promise<void> {
  const go = JSON.parse(readFileSync(file, 'utf8')) as GoCases;
  for (const { index, size, root, leafHash, hashes } of go.inclusion) {
    const proof = { index, hashes: (hashes ?? []).map(fromHex) };
    check(
      `inclusion ${index} of ${size}`,
      verifyInclusion({ leafHash: fromHex(leafHash), proof, head: { size, root: fromHex(root) } }),
    );
  }
  for (const { from, to, fromRoot, toRoot, hashes } of go.consistency) {
    const heads = { from: { size: from, root: fromHex(fromRoot) }, to: { size: to, root: fromHex(toRoot) } };
    check(`consistency ${from} to ${to}`, verifyConsistency({ ...heads, hashes: (hashes ?? []).map(fromHex) }));
  }
  for (const { note, key, origin, size, valid } of go.notes) {
    const checkpoint = await refusedOr(verifyCheckpoint(note, { origin, keys: [keyOf(key)] }));
    check(`note of ${size}`, valid ? checkpoint?.size === size : checkpoint === undefined);
  }
  for (const { proof, leaf, key, origin, index } of go.proofs) {
    const proved = await refusedOr(
      verifyTlogProof({ proof, leaf: fromHex(leaf), log: { origin, keys: [keyOf(key)] } }),
    );
    check(`tlog-proof of ${index}`, proved?.index === index);
  }
  readTestdata(testdata);
  process.stdout.write(`TypeScript reads Go: ${passed} passed, ${failed} failed\n`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

/** Probes that Go accepts and we refuse, and why. */
const STRICTER: Readonly<Record<string, string>> = {
  'sizes-are-equal-one-and-proof-is-empty.json': 'its roots are twelve bytes of text: a root is 32 bytes here',
};

/** Probes of transparency-dev/merkle, made to be accepted or refused. */
function readTestdata(folder: string): void {
  const bytes = (text: string | null) => fromBase64(text ?? '');
  for (const { name, probe } of probesIn(join(folder, 'inclusion'))) {
    const proof = { index: probe['leafIdx'] as number, hashes: hashesOf(probe) };
    const head: TreeHead = { size: probe['treeSize'] as number, root: bytes(probe['root'] as string | null) };
    check(
      name,
      verifyInclusion({ leafHash: bytes(probe['leafHash'] as string | null), proof, head }) !== probe['wantErr'],
    );
  }
  for (const { name, probe } of probesIn(join(folder, 'consistency'))) {
    const from: TreeHead = { size: probe['size1'] as number, root: bytes(probe['root1'] as string | null) };
    const to: TreeHead = { size: probe['size2'] as number, root: bytes(probe['root2'] as string | null) };
    const reason = STRICTER[basename(name)];
    if (reason !== undefined) process.stdout.write(`stricter than Go: ${basename(name)}: ${reason}\n`);
    check(
      name,
      verifyConsistency({ from, to, hashes: hashesOf(probe) }) === (reason === undefined && probe['wantErr'] === false),
    );
  }
}

type Probe = Readonly<Record<string, unknown>>;
const hashesOf = (probe: Probe) => ((probe['proof'] as readonly string[] | null) ?? []).map(fromBase64);

function probesIn(folder: string): { name: string; probe: Probe }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.map((name) => ({
    name: join(folder, name),
    probe: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Probe,
  }));
}

/** An Ed25519 verifier key of signed-note as our own form. */
function keyOf(vkey: string): LogKey {
  const [, name, typed] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(vkey)!;
  return {
    name: name!,
    suite: 'ED25519',
    spki: der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(fromBase64(typed!).slice(1))),
  };
}

async function refusedOr<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if (isTrustError(error)) return undefined;
    throw error;
  }
}

const [mode, file, testdata] = process.argv.slice(2);
if (mode === 'write') write(file!);
else await read(file!, testdata!);
