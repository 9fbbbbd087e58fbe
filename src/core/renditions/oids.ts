/** Our arc: 2.25 (UUID f391dfe0-e717-43f4-9708-a585306b4f6b). Fixed for ever: licences carry it. */
const ARC = '2.25.323759826816191288112503082895547256683';

/** Signed attribute: which licence, version and rendition this signature belongs to. */
export const OID_RENDITION_BINDING = `${ARC}.1`;
/** Signed attribute: the intent and the proof that the journal had it before the key signed. */
export const OID_JOURNAL_PROOF = `${ARC}.2`;
