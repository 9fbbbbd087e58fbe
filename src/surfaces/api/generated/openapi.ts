// Generated from api-spec/openapi.yaml by `npm run generate`; never edited.
export interface paths {
    "/api/v1/licence-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All licence types */
        get: operations["listLicenceTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licence-types/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: components["schemas"]["TypeCode"];
            };
            cookie?: never;
        };
        /** One licence type with its face items, states and catalogue entry */
        get: operations["getLicenceType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue one licence
         * @description Reserves the number, records the intent of each signature in the journal, signs, judges the result with the same
         *     code that judges strangers' files, stores it and only then answers. The same `Idempotency-Key` with the same body
         *     gives the same licence again; with another body it is refused.
         */
        post: operations["issueLicence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences/{identifier}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        /**
         * One licence of the caller's department
         * @description Personal items are left out unless the token has the scope `licences:read-personal` and the request states a
         *     `Purpose`; such a read is recorded.
         */
        get: operations["getLicence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences/{identifier}/renditions/{kind}/{suite}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
                kind: components["schemas"]["RenditionKind"];
                suite: components["schemas"]["SuiteId"];
            };
            cookie?: never;
        };
        /**
         * One sealed file of a licence
         * @description The file shows personal data, so it needs the scope `licences:read-personal` and a stated `Purpose`.
         */
        get: operations["getRendition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences/{identifier}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a licence (暂扣) */
        post: operations["suspendLicence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences/{identifier}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a suspended licence back (暂扣发还) */
        post: operations["resumeLicence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/licences/{identifier}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a licence for good (吊销) */
        post: operations["revokeLicence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge a file
         * @description Anyone may ask; nothing is kept. The kind is found from the bytes, not from the content type.
         */
        post: operations["verifyDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications/licences/{identifier}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        /**
         * What the registry says of a licence number
         * @description Anyone may ask. The answer has no personal data.
         */
        get: operations["verifyLicence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge the code on the face of a licence */
        post: operations["verifyLicenceCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed checkpoint (C2SP tlog-checkpoint) */
        get: operations["getCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal/tile/{level}/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: number;
                /** @description Tile index in C2SP tlog-tiles form, `x001/234` or `001.p/5` */
                index: string;
            };
            cookie?: never;
        };
        /** One tile of hashes (C2SP tlog-tiles) */
        get: operations["getTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal/inclusion/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
            };
            cookie?: never;
        };
        /** Proof that a leaf is in the journal (C2SP tlog-proof) */
        get: operations["getInclusionProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that a later journal only added to an earlier one (RFC 6962 2.1.2) */
        get: operations["getConsistencyProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/archive/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Filed items of one licence */
        get: operations["listArchiveItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/archive/items/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        /** One filed item with its files and digests */
        get: operations["getArchiveItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/archive/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A BagIt 1.0 bag of filed items, as a tar file
         * @description The bag holds personal data, so a `Purpose` is stated and the export is recorded.
         */
        post: operations["exportArchive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/crl/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** A revocation list of the authority (RFC 5280), where its certificates point to */
        get: operations["getRevocationList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An access token for a registered client
         * @description Client credentials with a signed assertion (RFC 7523) and a DPoP proof (RFC 9449). The token lives ten minutes and
         *     works only with the key of the proof.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where tokens are had (RFC 8414) */
        get: operations["getAuthorizationServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service can do its work, or why not */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Stable */
            code: string;
            detail: string;
            traceId: string;
            errors?: components["schemas"]["FieldProblem"][];
        };
        Words: {
            en: string;
            zh: string;
        };
        TokenProblem: {
            /** @description As in RFC 6749 5.2 and RFC 9449 5 */
            error: string;
            error_description: string;
            type: string;
            title: string;
            status: number;
            /** @description Stable */
            code: string;
            detail: string;
            traceId: string;
            errors?: components["schemas"]["FieldProblem"][];
        };
        FieldProblem: {
            /** @description JSON pointer into the body; else the name of a parameter */
            field: string;
            code: string;
            detail: string;
        };
        TypeCode: string;
        LicenceIdentifier: string;
        /** @enum {unknown} */
        SuiteId: "SM2-SM3" | "ECDSA-P256-SHA256" | "RSA-PKCS1-SHA256" | "RSA-PSS-SHA256";
        /** @enum {unknown} */
        RenditionKind: "pdf" | "sd-jwt";
        /** @enum {unknown} */
        LicenceState: "draft" | "valid" | "suspended" | "expired" | "cancelled" | "withdrawn" | "revoked" | "superseded";
        LicenceTypeSummary: {
            code: components["schemas"]["TypeCode"];
            version: string;
            name: components["schemas"]["Words"];
        };
        LicenceType: {
            code: components["schemas"]["TypeCode"];
            version: string;
            name: components["schemas"]["Words"];
            catalogue: {
                [key: string]: unknown;
            };
            items: {
                [key: string]: unknown;
            }[];
            states: {
                [key: string]: unknown;
            }[];
            operations: {
                [key: string]: unknown;
            }[];
            validity: {
                [key: string]: unknown;
            };
            suites: string[];
        };
        IssueLicence: {
            type: components["schemas"]["TypeCode"];
            /** @description Face items by key, as the licence type defines them */
            items: {
                [key: string]: unknown;
            };
            /** @description Licence number; made by the type's rule when absent */
            number?: string;
            /** @description Marks every rendition 样本 */
            sample?: boolean;
            /** @description What to make; one PDF in the type's first suite when absent */
            renditions?: {
                kind: components["schemas"]["RenditionKind"];
                suite: components["schemas"]["SuiteId"];
            }[];
        };
        Rendition: {
            kind: components["schemas"]["RenditionKind"];
            suite: components["schemas"]["SuiteId"];
            mediaType: string;
            bytes: number;
            sha256: string;
            href: string;
        };
        StateInterval: {
            state: components["schemas"]["LicenceState"];
            from: string;
            until: string | null;
        };
        LicenceSummary: {
            identifier: components["schemas"]["LicenceIdentifier"];
            type: components["schemas"]["TypeCode"];
            version: string;
            number: string;
            issuedOn: string;
            validFrom: string;
            validUntil: string | null;
            state: components["schemas"]["LicenceState"];
            sample: boolean;
            commitment: {
                sha256: string;
                sm3: string;
            };
            renditions: components["schemas"]["Rendition"][];
        };
        Licence: {
            summary: components["schemas"]["LicenceSummary"];
            issuer: {
                [key: string]: unknown;
            };
            items: {
                [key: string]: unknown;
            };
            personalItemsLeftOut: string[];
            states: components["schemas"]["StateInterval"][];
            events: {
                [key: string]: unknown;
            }[];
            /** @description GB/T 36903 metadata by English and pinyin keys */
            metadata: {
                [key: string]: unknown;
            };
        };
        LicenceStatus: {
            identifier: string;
            known: boolean;
            /** @description The check character is right */
            wellFormed: boolean;
            state: components["schemas"]["LicenceState"] | null;
            typeName: string | null;
            issuer: string | null;
            validUntil: string | null;
            asOf: string;
            words: components["schemas"]["Words"];
        };
        CodeReport: {
            /** @enum {unknown} */
            verdict: "accepted" | "refused" | "undetermined";
            /** @enum {unknown} */
            signature: "passed" | "failed" | "undetermined";
            status: components["schemas"]["LicenceStatus"] | null;
            words: components["schemas"]["Words"];
            at: string;
        };
        /** @enum {unknown} */
        FragmentResult: "passed" | "failed" | "undetermined" | "not-applicable";
        VerificationReport: {
            /** @enum {unknown} */
            verdict: "accepted" | "refused" | "undetermined";
            fragments: {
                integrity: components["schemas"]["FragmentResult"];
                seal: components["schemas"]["FragmentResult"];
                licence: components["schemas"]["FragmentResult"];
                issuer: components["schemas"]["FragmentResult"];
            };
            signatures: {
                id: string;
                kind: string;
                /** @enum {unknown} */
                indication: "TOTAL_PASSED" | "INDETERMINATE" | "TOTAL_FAILED";
                subIndication: string | null;
                intact: boolean;
                coversWholeDocument: boolean;
                revocationChecked: boolean;
            }[];
            policy: {
                name: string;
                version: string;
                digest: string;
            };
            at: string;
            summary: components["schemas"]["Words"];
            reasons: {
                [key: string]: unknown;
            }[];
            file: {
                [key: string]: unknown;
            };
            licence: {
                [key: string]: unknown;
            } | null;
            findings: {
                [key: string]: unknown;
            }[];
        };
        ArchiveItem: {
            id: string;
            licence: components["schemas"]["LicenceIdentifier"];
            event: string;
            archivedAt: string;
            /** @description Of the inventory, which names every file by its digest */
            sha512: string;
        };
        ArchiveItemDetail: {
            item: components["schemas"]["ArchiveItem"];
            files: {
                path: string;
                bytes: number;
                sha512: string;
                sm3: string;
            }[];
        };
        Health: {
            /** @enum {unknown} */
            status: "ok" | "failing";
            causes: {
                part: string;
                detail: string;
            }[];
        };
    };
    responses: {
        /** @description The licence after the change */
        Changed: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["LicenceSummary"];
            };
        };
        /** @description Refused or failed; `code` says why */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Licence identifier (GB/T 36904) */
        Identifier: components["schemas"]["LicenceIdentifier"];
        /** @description Chosen by the caller, one for each act */
        IdempotencyKey: string;
        /** @description ETag of the licence that the change is meant for */
        IfMatch: string;
        /** @description Proof of possession (RFC 9449) */
        Dpop: string;
        DpopRequired: string;
        /** @description Why personal data is read, percent-encoded UTF-8 */
        Purpose: string;
        /** @description Why personal data is read, percent-encoded UTF-8 */
        PurposeRequired: string;
        Policy: "strict" | "open";
        /** @description Judge for this instant (RFC 3339); now when absent */
        At: string;
    };
    requestBodies: {
        StateChange: {
            content: {
                "application/json": {
                    reason: string;
                    legalBasis: string;
                    /**
                     * Format: date-time
                     * @description Now when absent; never before the last event
                     */
                    effectiveAt?: string;
                };
            };
        };
    };
    headers: {
        /** @description Version of the licence, which `If-Match` names again */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listLicenceTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The types, by code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        types: components["schemas"]["LicenceTypeSummary"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLicenceType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: components["schemas"]["TypeCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LicenceType"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    issueLicence: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the caller, one for each act */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueLicence"];
            };
        };
        responses: {
            /** @description Issued, stored and in the journal */
            201: {
                headers: {
                    /** @description Address of the licence */
                    Location?: string;
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LicenceSummary"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLicence: {
        parameters: {
            query?: never;
            header?: {
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
                /** @description Why personal data is read, percent-encoded UTF-8 */
                Purpose?: components["parameters"]["Purpose"];
            };
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The licence */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Licence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRendition: {
        parameters: {
            query?: never;
            header: {
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
                /** @description Why personal data is read, percent-encoded UTF-8 */
                Purpose: components["parameters"]["PurposeRequired"];
            };
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
                kind: components["schemas"]["RenditionKind"];
                suite: components["schemas"]["SuiteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sealed file */
            200: {
                headers: {
                    /** @description SHA-256 of the file */
                    ETag?: string;
                    /** @description SHA-256 of the file (RFC 9530) */
                    "Repr-Digest"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/dc+sd-jwt": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    suspendLicence: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the caller, one for each act */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                /** @description ETag of the licence that the change is meant for */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["StateChange"];
        responses: {
            200: components["responses"]["Changed"];
            default: components["responses"]["Problem"];
        };
    };
    resumeLicence: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the caller, one for each act */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                /** @description ETag of the licence that the change is meant for */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["StateChange"];
        responses: {
            200: components["responses"]["Changed"];
            default: components["responses"]["Problem"];
        };
    };
    revokeLicence: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the caller, one for each act */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                /** @description ETag of the licence that the change is meant for */
                "If-Match": components["parameters"]["IfMatch"];
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["StateChange"];
        responses: {
            200: components["responses"]["Changed"];
            default: components["responses"]["Problem"];
        };
    };
    verifyDocument: {
        parameters: {
            query?: {
                policy?: components["parameters"]["Policy"];
                /** @description Judge for this instant (RFC 3339); now when absent */
                at?: components["parameters"]["At"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
                "application/dc+sd-jwt": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The report, whatever the verdict */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyLicence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Licence identifier (GB/T 36904) */
                identifier: components["parameters"]["Identifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Known or not, and its state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LicenceStatus"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyLicenceCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the QR code holds */
                    code: string;
                };
            };
        };
        responses: {
            /** @description What the code proves and the state of the licence it names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeReport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: number;
                /** @description Tile index in C2SP tlog-tiles form, `x001/234` or `001.p/5` */
                index: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Up to 256 hashes of 32 bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getInclusionProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof with its checkpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getConsistencyProof: {
        parameters: {
            query: {
                from: number;
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hashes, base64 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: number;
                        to: number;
                        hashes: string[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listArchiveItems: {
        parameters: {
            query: {
                licence: components["schemas"]["LicenceIdentifier"];
            };
            header?: {
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ArchiveItem"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getArchiveItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
            };
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveItemDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportArchive: {
        parameters: {
            query?: never;
            header: {
                /** @description Proof of possession (RFC 9449) */
                DPoP?: components["parameters"]["Dpop"];
                /** @description Why personal data is read, percent-encoded UTF-8 */
                Purpose: components["parameters"]["PurposeRequired"];
                /** @description Chosen by the caller, one for each act */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: string[];
                };
            };
        };
        responses: {
            /** @description The bag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-tar": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRevocationList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list, DER */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pkix-crl": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header: {
                DPoP: components["parameters"]["DpopRequired"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @constant */
                    grant_type: "client_credentials";
                    /** @constant */
                    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                    client_assertion: string;
                    scope?: string;
                };
            };
        };
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        /** @constant */
                        token_type: "DPoP";
                        expires_in: number;
                        scope: string;
                    };
                };
            };
            /** @description A problem that also has the members of RFC 6749 5.2, so that OAuth libraries understand it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenProblem"];
                };
            };
        };
    };
    getAuthorizationServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metadata */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issuer: string;
                        token_endpoint: string;
                        grant_types_supported?: string[];
                        response_types_supported?: string[];
                        token_endpoint_auth_methods_supported?: string[];
                        token_endpoint_auth_signing_alg_values_supported?: string[];
                        dpop_signing_alg_values_supported?: string[];
                        scopes_supported?: string[];
                        service_documentation?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Not ready, with the causes */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
