"""How fast pyHanko is: python pyhanko_peer.py PDF KEY CERTIFICATE SECONDS → {"sign": …, "validate": …} per CPU second."""
import asyncio
import io
import json
import logging
import sys
import time
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
data = Path(sys.argv[1]).read_bytes()
signer = signers.SimpleSigner.load(sys.argv[2], sys.argv[3])
root = load_cert_from_pemder(sys.argv[3])
seconds = float(sys.argv[4])
metadata = signers.PdfSignatureMetadata(field_name='Seal', subfilter=fields.SigSeedSubFilter.PADES, md_algorithm='sha256')


def rate(act):
    act()
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        act()
        count += 1
    return count / (time.process_time() - start)


def sign():
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), metadata, signer).getvalue()


signed = sign()


def validate():
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    [signature] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    status = asyncio.run(async_validate_pdf_signature(signature, signer_validation_context=context))
    assert status.intact and status.valid and status.trusted


print(json.dumps({'sign': rate(sign), 'validate': rate(validate)}))
