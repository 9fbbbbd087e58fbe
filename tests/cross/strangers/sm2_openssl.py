"""OpenSSL judges our SM2 seals, asn1crypto takes them apart: python sm2_openssl.py TRUST FILE...

`openssl cms -verify` cannot do it: it uses the empty user identifier for SM2. So the parts are checked one by one, with
the identifier of GM/T 0009.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from asn1crypto import cms, crl, pem, x509

from checks import check, finish

SM2 = '1.2.156.10197.1.301'
SM3 = '1.2.156.10197.1.401'
SM2_WITH_SM3 = '1.2.156.10197.1.501'
BINDING = '2.25.323759826816191288112503082895547256683.1'
DISTID = 'distid:1234567812345678'
trust = Path(sys.argv[1])
_folder = tempfile.TemporaryDirectory()
work = Path(_folder.name)


def openssl(*words, data=b''):
    return subprocess.run(['openssl', *map(str, words)], input=data, capture_output=True, check=False)


def file(name, data):
    (work / name).write_bytes(data)
    return work / name


def certificate(path):
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])


def pem_of(name, one):
    return file(f'{name}.pem', pem.armor('CERTIFICATE', one.dump()))


def signed_by(key, message, signature):
    """SM2 with SM3 over `message`, checked with this SubjectPublicKeyInfo."""
    words = ['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', DISTID]
    words += ['-pubin', '-keyform', 'DER', '-inkey', file('key', key.dump())]
    said = openssl(*words, '-sigfile', file('signature', signature), '-in', file('message', message))
    return (said.returncode == 0 and b'Signature Verified Successfully' in said.stdout) or str(said)


def issued_by(issuer, subject):
    said = openssl('verify', '-partial_chain', '-vfyopt', DISTID, '-CAfile', pem_of('issuer', issuer), pem_of('subject', subject))
    return said.returncode == 0 or str(said)


def changed(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


class Seal:
    def __init__(self, data):
        [(a, b, c, d)] = re.findall(rb'/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]', data)
        start, end = int(b), int(c)
        assert int(a) == 0 and end + int(d) == len(data), 'the seal covers all but its own value'
        hexadecimal = data[start:end]
        assert hexadecimal[:1] == b'<' and hexadecimal[-1:] == b'>'
        self.covered = data[:start] + data[end:]
        self.signed_data = cms.ContentInfo.load(bytes.fromhex(hexadecimal[1:-1].decode()))['content']
        [self.info] = self.signed_data['signer_infos']
        self.certificates = [one.chosen for one in self.signed_data['certificates']]
        sid = self.info['sid'].chosen
        [self.signer] = [
            one for one in self.certificates if (one.issuer, one.serial_number) == (sid['issuer'], sid['serial_number'].native)
        ]
        # RFC 5652 5.4: the EXPLICIT SET OF tag in place of the IMPLICIT [0].
        attributes = self.info['signed_attrs'].untag()
        self.attributes_der = attributes.dump()
        self.attributes = {one['type'].dotted: one['values'] for one in attributes}
        self.signature = self.info['signature'].native


def is_der_set(der):
    members = sorted(one.dump() for one in cms.CMSAttributes.load(der))
    return der[:1] == b'\x31' and b''.join(members) == cms.CMSAttributes.load(der).contents


def sm3_of(data):
    return openssl('dgst', '-sm3', '-binary', data=data).stdout


ROOT = certificate(trust / 'anchors' / 'sm2-root.cer')
ISSUING = certificate(trust / 'intermediates' / 'sm2-issuing.cer')
check('OpenSSL, SM2: the root signs itself', lambda: signed_by(ROOT.public_key, ROOT['tbs_certificate'].dump(), ROOT.signature))
check('OpenSSL, SM2: the root issues the authority', lambda: issued_by(ROOT, ISSUING))
LISTS = {}
for role, issuer in (('root', ROOT), ('issuing', ISSUING)):
    listed = crl.CertificateList.load((trust / 'crls' / f'sm2-{role}.crl').read_bytes())
    LISTS[role] = listed
    tbs, value = listed['tbs_cert_list'].dump(), listed['signature'].native
    check(f'OpenSSL, SM2: CRL of the {role}', lambda: listed.issuer == issuer.subject and signed_by(issuer.public_key, tbs, value))
    check(
        f'OpenSSL, SM2: CRL of the {role}, a byte changed',
        lambda: signed_by(issuer.public_key, changed(tbs, len(tbs) - 1), value) is not True,
    )


def not_revoked(one, role):
    entries = LISTS[role]['tbs_cert_list']['revoked_certificates']
    return one.serial_number not in [entry['user_certificate'].native for entry in entries]


for path in sys.argv[2:]:
    data = Path(path).read_bytes()
    name = f'OpenSSL, {Path(path).name}'
    seal = Seal(data)
    key, der, value = seal.signer.public_key, seal.attributes_der, seal.signature
    digest = seal.attributes['1.2.840.113549.1.9.4'][0].native
    check(
        f'{name}: SM2 and SM3 by their names',
        lambda: [
            key['algorithm']['parameters'].chosen.dotted,
            seal.info['digest_algorithm']['algorithm'].dotted,
            seal.info['signature_algorithm']['algorithm'].dotted,
        ]
        == [SM2, SM3, SM2_WITH_SM3],
    )
    check(f'{name}: no signing time, the binding is signed', lambda: '1.2.840.113549.1.9.5' not in seal.attributes and BINDING in seal.attributes)
    check(f'{name}: message digest is SM3 of what is covered', lambda: sm3_of(seal.covered) == digest)
    check(f'{name}: signed attributes are a DER SET', lambda: is_der_set(der))
    check(f'{name}: signature over the signed attributes', lambda: signed_by(key, der, value))
    check(f'{name}: the authority issues the signer', lambda: issued_by(ISSUING, seal.signer))
    check(f'{name}: certificates embedded lead to the authority', lambda: ISSUING.dump() in [one.dump() for one in seal.certificates])
    check(f'{name}: not revoked', lambda: not_revoked(seal.signer, 'issuing') and not_revoked(ISSUING, 'root'))
    check(f'{name}: a byte of the file changed', lambda: sm3_of(changed(seal.covered, len(seal.covered) // 3)) != digest)
    check(f'{name}: a byte of the attributes changed', lambda: signed_by(key, changed(der, len(der) // 2), value) is not True)
    check(f'{name}: another issuer', lambda: issued_by(ROOT, seal.signer) is not True)
finish()
