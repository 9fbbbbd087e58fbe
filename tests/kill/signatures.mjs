import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const HASHES = { 'SM2-SM3': 'sm3' };
const digest = (suite, ...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash(HASHES[suite] ?? 'sha256')).digest();

/** Signatures in the order in which they left the keeper, and how many lines a kill cut: those signatures never left. */
export function readSignatures(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const whole = [];
  let torn = 0;
  for (const line of lines) {
    try {
      const { spki, message, signature } = JSON.parse(line);
      whole.push({ spki, message: Buffer.from(message, 'base64'), signature });
    } catch {
      torn++;
    }
  }
  return { whole, torn };
}

/** Key record by base64 SubjectPublicKeyInfo. */
export function keysOf(data) {
  const folder = join(data, 'keys/keys');
  const keys = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return new Map(keys.map(({ keyId, purpose, suite, spki }) => [spki, { keyId, purpose, suite }]));
}

/**
 * Holds each signature of a seal or data key against the intents: exactly one names this key and this content, and it has
 * no other signature. The rule is worked out here anew, from the bytes that were signed.
 *
 * Answers `{ traced, others, violations }`; `traced` is `[{ intent, signature, position }]`, position as in `whole`.
 */
export async function traceSignatures(stage, { whole, keys, intents }) {
  const contentOf = await contentReader(stage);
  const byId = new Map(intents.map((record) => [record.id, record]));
  const codes = groupByLicence(intents.filter(({ intent }) => intent.binding.kind === 'code'));
  const taken = new Map();
  const traced = [];
  const violations = [];
  const others = {};
  for (const [position, { spki, message, signature }] of whole.entries()) {
    const key = keys.get(spki);
    if (!key) {
      violations.push(`signature ${position} is by an unknown key ${spki}`);
      continue;
    }
    if (key.purpose !== 'seal' && key.purpose !== 'data') {
      others[key.purpose] = (others[key.purpose] ?? 0) + 1;
      continue;
    }
    const { content, intentId, licence } = contentOf(key, message);
    const candidates = intentId === null ? (codes.get(licence) ?? []) : [byId.get(intentId)];
    const record = candidates.find(
      (one) =>
        one !== undefined &&
        one.intent.keyId === key.keyId &&
        digest(key.suite, Buffer.from(one.intent.salt, 'base64url'), content).toString('hex') ===
          one.intent.saltedDigest &&
        !taken.has(one.id),
    );
    if (!record) {
      violations.push(`signature ${position} by ${key.keyId} has no intent of its own`);
      continue;
    }
    taken.set(record.id, signature);
    traced.push({ intent: record, signature, position });
  }
  return { traced, others, violations };
}

function groupByLicence(records) {
  const groups = new Map();
  for (const record of records) groups.set(record.licence, [...(groups.get(record.licence) ?? []), record]);
  return groups;
}

/** What a message is about: the digest that its intent salts, the intent that it carries, or the licence that it names. */
async function contentReader(stage) {
  const { readDer, readOctetString, readOid } = await import(stage.at('dist/core/encoding/index.js'));
  const { OID_JOURNAL_PROOF, decodeJournalProof } = await import(stage.at('dist/core/renditions/index.js'));
  return ({ purpose, suite }, message) => {
    if (purpose === 'seal') {
      const attributes = readDer(message).children.map(({ children }) => children);
      const valueOf = (oid) => attributes.find(([name]) => readOid(name) === oid)[1].children[0];
      const proof = decodeJournalProof(valueOf(OID_JOURNAL_PROOF).bytes);
      return { content: readOctetString(valueOf('1.2.840.113549.1.9.4')), intentId: proof.intent.id, licence: null };
    }
    const text = message.toString('latin1');
    if (text.startsWith('YX1~'))
      return { content: digest(suite, message), intentId: null, licence: text.split('~')[3] };
    const [header, payload] = text.split('.');
    const { journalProof } = JSON.parse(Buffer.from(header, 'base64url').toString());
    return { content: digest(suite, payload), intentId: journalProof.intent.id, licence: null };
  };
}
