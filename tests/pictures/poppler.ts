import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One page as it was drawn, RGB, at `dpi`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly dpi: number;
}

/** False after saying so when poppler is not installed; with CI set that is an error. */
export function hasPoppler(): boolean {
  if (spawnSync('pdftoppm', ['-v']).error === undefined) return true;
  if (process.env['CI'] === 'true') throw new Error('pdftoppm is missing (Debian: poppler-utils)');
  process.stderr.write('not run: pictures of pages need pdftoppm (Debian: poppler-utils)\n');
  return false;
}

/** Draws all pages without any font of the system. A word on stderr is a failure: a substituted font says nothing else. */
export function drawPages(pdf: Uint8Array, dpi: number, options: readonly string[] = []): Picture[] {
  return inFolder((folder) => {
    run('pdftoppm', ['-r', String(dpi), ...options, write(folder, pdf), join(folder, 'page')], folder);
    const names = readdirSync(folder).filter((name) => name.endsWith('.ppm'));
    return names.sort().map((name) => readPpm(readFileSync(join(folder, name)), dpi));
  });
}

/** Text of each page in the order of drawing. */
export function textOfPages(pdf: Uint8Array): string[] {
  return inFolder((folder) =>
    run('pdftotext', ['-raw', '-enc', 'UTF-8', write(folder, pdf), '-'], folder)
      .split('\f')
      .slice(0, -1),
  );
}

function run(command: string, args: readonly string[], folder: string): string {
  const config = join(folder, 'fonts.conf');
  writeFileSync(config, '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>');
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, FONTCONFIG_FILE: config },
    maxBuffer: 1 << 26,
  });
  if (status !== 0 || stderr !== '') throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'yinxin-picture-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(folder: string, pdf: Uint8Array): string {
  const file = join(folder, 'face.pdf');
  writeFileSync(file, pdf);
  return file;
}

/** Netpbm P6 with 255 levels, as pdftoppm writes it. */
function readPpm(file: Buffer, dpi: number): Picture {
  const header = /^P6\n(\d+) (\d+)\n255\n/.exec(file.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('not a P6 picture');
  return { width: Number(header[1]), height: Number(header[2]), rgb: file.subarray(header[0].length), dpi };
}

/** Millimetres to pixels. */
export const toPixels = ({ dpi }: Picture, mm: number): number => (mm * dpi) / 25.4;

export function pixel({ rgb, width }: Picture, x: number, y: number): readonly [number, number, number] {
  const at = 3 * (Math.round(y) * width + Math.round(x));
  return [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
}

/** Places in pixels where the colour is as asked. */
export function pixelsWhere(
  { rgb, width, height }: Picture,
  where: (r: number, g: number, b: number) => boolean,
): { xs: number[]; ys: number[] } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0, at = 0; i < width * height; i++, at += 3) {
    if (!where(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!)) continue;
    xs.push(i % width);
    ys.push(Math.floor(i / width));
  }
  return { xs, ys };
}

export const isInk = (r: number, g: number, b: number): boolean => r + g + b < 600;
export const isRed = (r: number, g: number, b: number): boolean => r > 150 && g < 110 && b < 110;
