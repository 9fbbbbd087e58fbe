"""pyHanko judges our RSA and ECDSA seals: python pyhanko_validates.py TRUST FILE..."""
import asyncio
import io
import logging
import sys
from datetime import datetime, timezone
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESPassed
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, ades, async_validate_pdf_signature, policy_decl
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from checks import check, finish

logging.disable(logging.CRITICAL)  # a refusal is what some checks want; its stack trace is no finding
trust = Path(sys.argv[1])
FAMILIES = ('rsa', 'ecdsa')  # pyHanko knows no SM2


def certificate(path):
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])


ROOTS = {family: certificate(trust / 'anchors' / f'{family}-root.cer') for family in FAMILIES}
CRLS = [crl.CertificateList.load(p.read_bytes()) for family in FAMILIES for p in sorted((trust / 'crls').glob(f'{family}-*.crl'))]


def signature_of(data):
    [signature] = PdfFileReader(io.BytesIO(data)).embedded_signatures
    return signature


def status_of(data, roots=tuple(ROOTS.values()), crls=tuple(CRLS)):
    context = ValidationContext(trust_roots=list(roots), crls=list(crls), allow_fetching=False, revocation_mode='require')
    return asyncio.run(async_validate_pdf_signature(signature_of(data), signer_validation_context=context))


def is_bottom_line(data):
    status = status_of(data)
    wanted = dict(
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        bottom_line=status.bottom_line,
        docmdp_ok=status.docmdp_ok,
        entire_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        certified=signature_of(data).docmdp_level == MDPPerm.NO_CHANGES,
    )
    return all(wanted.values()) or f'{wanted} {status.pretty_print_details()}'


def ades_of(data):
    """EN 319 102-1 5.3, offline: the signer's certificate must be shown not to be revoked."""
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(list(ROOTS.values())),
        revinfo_policy=CertRevTrustPolicy(revocation_checking_policy=REQUIRE_REVINFO),
    )
    spec = policy_decl.SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=policy_decl.RevocationInfoGatheringSpec(
            online_fetching_rule=policy_decl.RevinfoOnlineFetchingRule.LOCAL_ONLY
        ),
        local_knowledge=policy_decl.LocalKnowledge(known_crls=[CRLContainer(one) for one in CRLS]),
    )
    now = datetime.now(timezone.utc)
    signature = signature_of(data)
    signature.compute_integrity_info()
    return asyncio.run(
        ades.ades_basic_validation(
            signature.signed_data,
            spec,
            timing_info=ValidationTimingInfo(now, now, False),
            raw_digest=signature.compute_digest(),
        )
    )


def passes_ades(data):
    result = ades_of(data)
    return result.ades_subindic == AdESPassed.OK or str(result.ades_subindic)


def is_baseline_b(data):
    """What EN 319 142-1 asks of B-B beyond the signature itself (table in clause 6.3; unverified against the text)."""
    signature = signature_of(data)
    attributes = [one['type'].native for one in signature.signer_info['signed_attrs']]
    wanted = dict(
        sub_filter=signature.sig_object['/SubFilter'] == '/ETSI.CAdES.detached',
        claimed_time='/M' in signature.sig_object,
        one_signer=len(signature.signed_data['signer_infos']) == 1,
        no_content=signature.signed_data['encap_content_info']['content'].native is None,
        signer_included=signature.signer_cert is not None,
        content_type=attributes.count('content_type') == 1,
        message_digest=attributes.count('message_digest') == 1,
        signing_certificate=attributes.count('signing_certificate_v2') == 1,
        no_signing_time='signing_time' not in attributes,
        no_cert_entry='/Cert' not in signature.sig_object,
    )
    return all(wanted.values()) or str(wanted)


def flipped(data):
    return data[: len(data) // 3] + bytes([data[len(data) // 3] ^ 1]) + data[len(data) // 3 + 1 :]


def ades_refuses(data):
    said = ades_of(data).ades_subindic
    return said == AdESFailure.HASH_FAILURE or str(said)


def annotated(data):
    """A later revision, well-formed, that adds a note to the page: what DocMDP P=1 forbids."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root['/Pages']['/Kids'][0]
    note = generic.DictionaryObject(
        {
            '/Type': generic.NameObject('/Annot'),
            '/Subtype': generic.NameObject('/Text'),
            '/Rect': generic.ArrayObject(map(generic.NumberObject, (10, 10, 30, 30))),
        }
    )
    page['/Annots'].append(writer.add_object(note))
    writer.update_container(page['/Annots'])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def breaks_docmdp(data):
    status = status_of(data)
    return (status.intact and not status.docmdp_ok and not status.bottom_line) or status.pretty_print_details()


def another_family(data):
    signer = signature_of(data).signer_cert.public_key.algorithm
    return [root for root in ROOTS.values() if root.public_key.algorithm != signer]


for path in sys.argv[2:]:
    sealed = Path(path).read_bytes()
    name = f'pyHanko, {Path(path).name}'
    check(f'{name}: intact, trusted, covers the entire file, DocMDP kept', lambda: is_bottom_line(sealed))
    check(f'{name}: AdES validation passed, not revoked', lambda: passes_ades(sealed))
    check(f'{name}: has what PAdES B-B asks', lambda: is_baseline_b(sealed))
    check(f'{name}: a byte changed', lambda: not status_of(flipped(sealed)).intact)
    check(f'{name}: a byte changed, AdES', lambda: ades_refuses(flipped(sealed)))
    check(f'{name}: a note added later', lambda: breaks_docmdp(annotated(sealed)))
    check(f'{name}: another root', lambda: not status_of(sealed, roots=another_family(sealed)).trusted)
    check(f'{name}: no CRL', lambda: not status_of(sealed, crls=()).trusted)
finish()
