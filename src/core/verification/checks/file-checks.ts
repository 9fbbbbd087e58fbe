import { NOT_APPLICABLE, PASSED, failed, require, undetermined } from './check.js';
import type { FileCheck, JudgeContext, Outcome } from './check.js';
import type { PdfEvidence } from '../evidence.js';
import type { SignatureFacts } from '../facts.js';

/** The file as a whole: can it be read, is it signed, does its structure hold together. */
export const FILE_STRUCTURE_CHECKS: readonly FileCheck[] = [
  {
    name: 'file.format',
    fragment: 'integrity',
    run: ({ facts: { unreadable } }) =>
      unreadable ? failed('FILE_UNREADABLE', 'FORMAT_FAILURE', { code: unreadable.code }) : PASSED,
  },
  {
    name: 'file.signature',
    fragment: 'seal',
    run: ({ facts }) =>
      facts.unreadable
        ? NOT_APPLICABLE
        : require(ownSignatures(facts.signatures).length > 0, 'NO_SIGNATURE', 'SIGNED_DATA_NOT_FOUND'),
  },
  pdfCheck('pdf.structure', ({ problems }, { policy }) => {
    if (problems.length === 0) return PASSED;
    const details = {
      problems: [...new Set(problems.map(({ code }) => code))].join(', '),
      offset: problems[0]!.offset,
    };
    return policy.doubt === 'failed'
      ? failed('STRUCTURE_AMBIGUOUS', 'FORMAT_FAILURE', details)
      : undetermined('STRUCTURE_AMBIGUOUS', 'GENERIC', details);
  }),
  // Decision 6: a licence has one seal, and that seal certifies the document with P=1.
  pdfCheck('pdf.certification', ({ signatures }) => {
    const seals = signatures.filter(({ type }) => type === 'signature');
    return require(seals.length === 1 && seals[0]!.docMdp === 1, 'NOT_ONE_CERTIFYING_SEAL', undefined, {
      seals: seals.length,
    });
  }),
  // Time stamps are kept and shown, but this version neither relies on them nor judges them.
  pdfCheck('pdf.time-stamps', ({ signatures }) => {
    const count = signatures.filter(({ type }) => type === 'document-timestamp').length;
    return count === 0 ? NOT_APPLICABLE : undetermined('TIME_STAMPS_NOT_EVALUATED', undefined, { count });
  }),
  pdfCheck('pdf.duplicate-objects', ({ duplicateObjects: count }) =>
    require(count === 0, 'OBJECTS_TWICE', undefined, { count }),
  ),
  pdfCheck('pdf.unreferenced-objects', ({ unreferencedObjects: count }) =>
    require(count === 0, 'OBJECTS_UNREFERENCED', undefined, { count }),
  ),
  pdfCheck('pdf.active-content', ({ activeContent }) =>
    require(activeContent.length === 0, 'ACTIVE_CONTENT', undefined, { kinds: activeContent.join(', ') }),
  ),
  pdfCheck('pdf.licence-name', ({ xmpLicence }, { facts }) => {
    const bound = facts.signatures.find(({ kind, binding }) => kind === 'pdf' && binding.found === 'once')?.binding;
    if (bound?.found !== 'once' || xmpLicence === null) return NOT_APPLICABLE;
    return require(xmpLicence === bound.value.licence, 'METADATA_OTHER_LICENCE');
  }),
];

/** Signatures over the document, not those inside attached data. */
export const ownSignatures = (signatures: readonly SignatureFacts[]) => signatures.filter(({ attached }) => !attached);

function pdfCheck(name: FileCheck['name'], run: (pdf: PdfEvidence, context: JudgeContext) => Outcome): FileCheck {
  return {
    name,
    fragment: 'integrity',
    run: (context) => (context.facts.pdf ? run(context.facts.pdf, context) : NOT_APPLICABLE),
  };
}
