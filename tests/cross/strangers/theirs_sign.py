"""PDFs signed by others under our roots: python theirs_sign.py SIGNERS OUT

pyHanko makes PAdES B-B by itself. OpenSSL makes a detached CMS (`openssl cms`), which is put into a PDF written here
by hand. Beside each NAME.pdf stands NAME.changed.pdf: one letter of the page is another one.
"""
import io
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from asn1crypto import algos
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers

signing = Path(sys.argv[1])
out = Path(sys.argv[2])
TEXT = b'BT /F1 24 Tf 72 700 Td (Signed by a stranger) Tj ET'
SUBJECT = b'stranger'


def write(name, data):
    assert data.count(SUBJECT) == 1
    (out / f'{name}.pdf').write_bytes(data)
    (out / f'{name}.changed.pdf').write_bytes(data.replace(SUBJECT, b'stronger'))
    print(name)


def unsigned(stream_xrefs):
    writer = PdfFileWriter(stream_xrefs=stream_xrefs)
    font = generic.DictionaryObject(
        {
            '/Type': generic.NameObject('/Font'),
            '/Subtype': generic.NameObject('/Type1'),
            '/BaseFont': generic.NameObject('/Helvetica'),
        }
    )
    fonts = generic.DictionaryObject({'/F1': writer.add_object(font)})
    page = PageObject(
        contents=writer.add_object(generic.StreamObject(stream_data=TEXT)),
        media_box=(0, 0, 595, 842),
        resources=generic.DictionaryObject({'/Font': fonts}),
    )
    writer.insert_page(page)
    data = io.BytesIO()
    writer.write(data)
    return data


def pss(salt_length):
    digest = {'algorithm': 'sha256'}
    parameters = {
        'hash_algorithm': digest,
        'mask_gen_algorithm': {'algorithm': 'mgf1', 'parameters': digest},
        'salt_length': salt_length,
    }
    return algos.SignedDigestAlgorithm({'algorithm': 'rsassa_pss', 'parameters': algos.RSASSAPSSParams(parameters)})


def by_pyhanko(key, mechanism=None, stream_xrefs=False, certify=False, visible=False):
    writer = IncrementalPdfFileWriter(unsigned(stream_xrefs))
    if visible:
        fields.append_signature_field(writer, fields.SigFieldSpec('Signature1', box=(300, 80, 520, 140)))
    loaded = signers.SimpleSigner.load(
        signing / f'{key}.key.pem',
        signing / f'{key}.pem',
        ca_chain_files=[signing / f'{key}.chain.pem'],
        signature_mechanism=mechanism,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name='Signature1',
        md_algorithm='sha256',
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES if certify else fields.MDPPerm.FILL_FORMS,
    )
    return signers.PdfSigner(metadata, loaded).sign_pdf(writer).getvalue()


ROOM = 16384  # hexadecimal digits of /Contents


def by_openssl(key, *options):
    now = datetime.now(timezone.utc).strftime('D:%Y%m%d%H%M%SZ').encode()
    contents = b'<' + b'0' * ROOM + b'>'
    ranges = b'[0 ' + b'*' * 30 + b']'
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /SigFlags 3 >> >>',
        b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R]'
        b' /Resources << /Font << /F1 5 0 R >> >> >>',
        b'<< /Length %d >>\nstream\n%s\nendstream' % (len(TEXT), TEXT),
        b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
        b'<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 7 0 R /P 3 0 R /F 132 /Rect [0 0 0 0] >>',
        b'<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%s)\n/ByteRange %s\n/Contents %s >>'
        % (now, ranges, contents),
    ]
    data = b'%PDF-1.7\n%\xe5\x8d\xb0\xe4\n'
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    table = b''.join(b'%010d 00000 n \n' % offset for offset in offsets)
    head = b'xref\n0 %d\n0000000000 65535 f \n%s' % (len(objects) + 1, table)
    data += head + b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, len(data))

    start = data.index(contents)
    end = start + len(contents)
    covered = (b'[0 %d %d %d' % (start, end, len(data) - end)).ljust(len(ranges) - 1) + b']'
    data = data.replace(ranges, covered)
    command = ['openssl', 'cms', '-sign', '-binary', '-cades', '-md', 'sha256', '-outform', 'DER']
    command += ['-signer', signing / f'{key}.pem', '-inkey', signing / f'{key}.key.pem']
    command += ['-certfile', signing / f'{key}.chain.pem', *options]
    cms = subprocess.run(command, input=data[:start] + data[end:], capture_output=True, check=True).stdout
    return data[: start + 1] + cms.hex().encode().ljust(ROOM, b'0') + data[end - 1 :]


write('pyhanko-rsa', by_pyhanko('rsa'))
write('pyhanko-rsa-pss', by_pyhanko('rsa', pss(32)))
write('pyhanko-rsa-pss-longest-salt', by_pyhanko('rsa', pss(222)))
write('pyhanko-ecdsa', by_pyhanko('ecdsa'))
write('pyhanko-ecdsa-certified-visible', by_pyhanko('ecdsa', certify=True, visible=True))
write('pyhanko-rsa-xref-stream', by_pyhanko('rsa', stream_xrefs=True))
write('pyhanko-revoked', by_pyhanko('revoked'))
write('openssl-rsa', by_openssl('rsa'))
write('openssl-rsa-pss', by_openssl('rsa', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest'))
write('openssl-ecdsa', by_openssl('ecdsa'))
write('openssl-revoked', by_openssl('revoked'))
