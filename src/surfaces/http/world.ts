import type {
  ArchiveItemDetail,
  Caller,
  ChangeLicenceState,
  CodeReport,
  ExportArchive,
  ExportedBag,
  GetRendition,
  IssueLicence,
  JournalReader,
  LicenceStatus,
  LicenceView,
  ReadLicence,
  VerificationReport,
} from '../../operations/index.js';
import type {
  ArchiveRecord,
  ClientRecord,
  Clock,
  LicenceRecord,
  Log,
  Random,
  StoredRendition,
  Templates,
} from '../../ports/index.js';

export interface HttpSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The address that others know, without a slash at the end: issuer of tokens, and what DPoP proofs name. */
  readonly publicUrl: string;
  /** PEM files; null: no TLS here. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** How many reverse proxies stand in front; as many entries of X-Forwarded-For are believed. */
  readonly trustedProxies: number;
  readonly maxUploadBytes: number;
  readonly verificationsPerMinute: number;
}

export interface ReadinessCause {
  readonly part: string;
  readonly detail: string;
}

/** All that HTTP needs: the operations as functions, and the few ports of its own trade. */
export interface HttpWorld {
  readonly settings: HttpSettings;
  /** Text of `api-spec/openapi.yaml`. */
  readonly contract: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly templates: Pick<Templates, 'types' | 'type'>;

  client(id: string): Promise<ClientRecord | undefined>;
  /** The service's own P-256 key for access tokens. */
  readonly token: {
    /** SubjectPublicKeyInfo, DER. */
    readonly spki: Uint8Array;
    /** ECDSA with SHA-256 over the message: DER, as the keeper gives it. */
    sign(message: Uint8Array): Promise<Uint8Array>;
  };

  issueLicence(command: IssueLicence): Promise<LicenceRecord>;
  changeLicenceState(command: ChangeLicenceState): Promise<{ readonly record: LicenceRecord }>;
  readLicence(command: ReadLicence): Promise<LicenceView>;
  getRendition(command: GetRendition): Promise<{ readonly rendition: StoredRendition; readonly bytes: Uint8Array }>;
  /** The state of an issued licence at this moment. */
  stateOf(record: LicenceRecord): LicenceView['state'];

  verifyDocument(command: {
    readonly bytes: Uint8Array;
    readonly policy: string;
    readonly at?: Date;
  }): Promise<VerificationReport>;
  verifyLicence(command: { readonly identifier: string }): Promise<LicenceStatus>;
  verifyLicenceCode(command: { readonly code: string }): Promise<CodeReport>;

  readonly journal: JournalReader;

  /** DER of one of the authority's lists by the file name that its certificates name. */
  revocationList(name: string): Promise<Uint8Array | undefined>;

  listArchiveItems(command: { readonly caller: Caller; readonly licence: string }): Promise<readonly ArchiveRecord[]>;
  getArchiveItem(command: { readonly caller: Caller; readonly item: string }): Promise<ArchiveItemDetail>;
  exportArchive(command: ExportArchive): Promise<ExportedBag>;

  /** Why the service cannot do its work now; empty when it can. */
  readiness(): Promise<readonly ReadinessCause[]>;

  /** Tests: an answer that the contract does not know fails. Otherwise it is sent and logged. */
  readonly strictAnswers?: boolean;
}
