import {
  collectEvidence,
  emptyCache,
  establish,
  inspect,
  judge,
  needsOf,
  policyByName,
} from '../../core/verification/index.js';
import type {
  EstablishCache,
  Evidence,
  PinnedFonts,
  RegistryEvidence,
  VerificationReport,
} from '../../core/verification/index.js';
import type { Certificate, CertificateList } from '../../core/pki/index.js';
import type { Clock, Documents, Fonts, RevocationSource, Trust } from '../../ports/index.js';
import { askRegistry } from './ask-registry.js';

export interface JudgeWorld {
  readonly clock: Clock;
  readonly trust: Trust;
  readonly revocation: RevocationSource;
  /** The registry of licences and seals; null where there is none at hand. */
  readonly registry: Documents | null;
  /** The pinned fonts, against which glyphs of a face are compared; null compares none. */
  readonly fonts: Fonts | null;
}

export interface JudgeOptions {
  readonly policy: string;
  /** Judge for this instant; now when absent. */
  readonly at?: Date;
  readonly registry: 'ask' | 'not-asked';
}

/** Computed before and unchangeable: shared between files, emptied when it grows, since strangers' certificates fill it too. */
let cache: EstablishCache = emptyCache();
let judged = 0;
const CACHE_LIFE_FILES = 5_000;

/**
 * The whole way of decision 13 for one file: inspect, gather, establish, judge. The only code that gives verdicts, for
 * files of our own and of others.
 */
export async function judgeFile(
  world: JudgeWorld,
  bytes: Uint8Array,
  options: JudgeOptions,
): Promise<VerificationReport> {
  const evidence = await gatherEvidence(world, bytes, options);
  if (++judged % CACHE_LIFE_FILES === 0) cache = emptyCache();
  return judge(await establish(evidence, cache), policyByName(options.policy), new Date(evidence.at));
}

/** Inspection and everything asked of the world, frozen: what a verdict rests on. */
export async function gatherEvidence(
  world: JudgeWorld,
  bytes: Uint8Array,
  { at, registry }: JudgeOptions,
): Promise<Evidence> {
  const inspection = inspect(bytes);
  const [anchors, intermediates, journals] = await Promise.all([
    world.trust.anchors(),
    world.trust.intermediates(),
    world.trust.journals(),
  ]);
  const needs = needsOf(inspection, intermediates);
  const crls = (await Promise.all(needs.issuers.map((issuer) => world.revocation.crlsOf(issuer)))).flat();
  return collectEvidence(inspection, {
    at: at ?? world.clock.now(),
    anchors,
    intermediates,
    journals,
    crls: once(crls),
    registry: await registryAnswer(world, needs.licences, registry),
    fonts: await pinnedFonts(world.fonts),
  });
}

const once = <T extends Certificate | CertificateList>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((one) => [one.id, one])).values(),
];

/** A file that names several licences, or none, has no one answer. */
async function registryAnswer(
  world: JudgeWorld,
  licences: readonly string[],
  registry: JudgeOptions['registry'],
): Promise<RegistryEvidence> {
  const [identifier, ...others] = licences;
  if (registry === 'not-asked' || identifier === undefined || others.length > 0) return { asked: false };
  if (!world.registry) return { asked: true, answer: null };
  return { asked: true, answer: await askRegistry(world.registry, identifier, world.clock.now()) };
}

async function pinnedFonts(fonts: Fonts | null): Promise<PinnedFonts | undefined> {
  if (!fonts) return undefined;
  const book = await fonts.load();
  return new Map([...book.values()].map((font) => [font.postScriptName, font]));
}
