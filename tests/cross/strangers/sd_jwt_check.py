"""The SD-JWT renditions, judged without our code: python sd_jwt_check.py TRUST FILE...

ES256: the reference implementation of the SD-JWT authors (package sd-jwt) and the package cryptography for the path.
SM2 (`SGD_SM3_SM2`): no library knows the name; OpenSSL checks the signature, the path and the SM3 digests.
"""
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK
from jwcrypto.jws import InvalidJWSSignature
from sd_jwt.verifier import SDJWTVerifier

from checks import check, finish

trust = Path(sys.argv[1])
_folder = tempfile.TemporaryDirectory()
work = Path(_folder.name)
DISTID = 'distid:1234567812345678'


def decode(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def certificate(path):
    return x509.load_pem_x509_certificate(path.read_bytes())


def openssl(*words, data=b''):
    return subprocess.run(['openssl', *map(str, words)], input=data, capture_output=True, check=False)


def file(name, data):
    (work / name).write_bytes(data)
    return work / name


class Token:
    def __init__(self, text):
        self.text = text
        self.jws, *self.disclosures, last = text.split('~')
        assert last == '', 'no key binding'
        self.head, self.body, self.signature = self.jws.split('.')
        self.header = json.loads(decode(self.head))
        self.payload = json.loads(decode(self.body))
        self.chain = [base64.b64decode(one) for one in self.header['x5c']]
        self.items = {key: value for _, key, value in (json.loads(decode(one)) for one in self.disclosures)}

    def changed(self, **parts):
        now = {'head': self.head, 'body': self.body, 'signature': self.signature, 'disclosures': self.disclosures, **parts}
        return '~'.join([f'{now["head"]}.{now["body"]}.{now["signature"]}', *now['disclosures'], ''])


def flip(text):
    """Another byte in the middle of base64url."""
    data = bytearray(decode(text))
    data[len(data) // 2] ^= 1
    return encode(bytes(data))


def later(token):
    """The payload with a later time of issue, well-formed."""
    return encode(json.dumps({**token.payload, 'iat': token.payload['iat'] + 1}).encode())


def reference(text):
    """Payload with what was disclosed, after the signature was checked with the certificate in the header."""

    def key_of(_issuer, header):
        assert header['alg'] == 'ES256' and header['typ'] == 'dc+sd-jwt'
        return JWK.from_pyca(x509.load_der_x509_certificate(base64.b64decode(header['x5c'][0])).public_key())

    return SDJWTVerifier(text, key_of).get_verified_payload()


def refused(text):
    try:
        reference(text)
    except InvalidJWSSignature:
        return True
    return 'accepted'


def es256(name, token):
    def whole():
        found = reference(token.text)
        return len(token.items) > 0 and {key: found.get(key) for key in token.items} == token.items

    def path():
        signer, issuing = map(x509.load_der_x509_certificate, token.chain)
        signer.verify_directly_issued_by(issuing)
        issuing.verify_directly_issued_by(certificate(trust / 'anchors' / 'ecdsa-root.cer'))
        return True

    def forged():
        [salt, key, _] = json.loads(decode(token.disclosures[0]))
        lie = encode(json.dumps([salt, key, 'something else']).encode())
        return key not in reference(token.changed(disclosures=[lie, *token.disclosures[1:]]))

    def withheld():
        found = reference(token.changed(disclosures=token.disclosures[1:]))
        return [key in found for key in token.items] == [False] + [True] * (len(token.items) - 1)

    check(f'{name}: signature, every item disclosed', whole)
    check(f'{name}: path to the root', path)
    check(f'{name}: an item withheld', withheld)
    check(f'{name}: an item forged', forged)
    check(f'{name}: payload changed', lambda: refused(token.changed(body=later(token))))
    check(f'{name}: signature changed', lambda: refused(token.changed(signature=flip(token.signature))))


def sm2(name, token):
    def signed(head, body, value):
        raw = decode(value)
        assert len(raw) == 64
        der = encode_dss_signature(int.from_bytes(raw[:32], 'big'), int.from_bytes(raw[32:], 'big'))
        key = openssl('x509', '-inform', 'DER', '-pubkey', '-noout', data=token.chain[0]).stdout
        words = ['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', DISTID, '-pubin', '-inkey', file('key', key)]
        said = openssl(*words, '-sigfile', file('signature', der), '-in', file('message', f'{head}.{body}'.encode()))
        return said.returncode == 0 or str(said)

    def issued(issuer, subject):
        said = openssl('verify', '-partial_chain', '-vfyopt', DISTID, '-CAfile', issuer, subject)
        return said.returncode == 0 or str(said)

    def pem(name, der):
        return file(name, openssl('x509', '-inform', 'DER', data=der).stdout)

    def path():
        signer, issuing = (pem(f'{at}.pem', der) for at, der in enumerate(token.chain))
        return issued(issuing, signer) and issued(trust / 'anchors' / 'sm2-root.cer', issuing)

    check(f'{name}: signature', lambda: signed(token.head, token.body, token.signature))
    check(f'{name}: path to the root', path)
    check(f'{name}: payload changed', lambda: signed(token.head, later(token), token.signature) is not True)
    check(f'{name}: signature changed', lambda: signed(token.head, token.body, flip(token.signature)) is not True)


DIGESTS = {
    'sha-256': lambda text: encode(hashlib.sha256(text.encode()).digest()),
    'sm3': lambda text: encode(openssl('dgst', '-sm3', '-binary', data=text.encode()).stdout),
}

for path in sys.argv[2:]:
    token = Token(Path(path).read_text())
    name = f'SD-JWT, {Path(path).name}'
    {'ES256': es256, 'SGD_SM3_SM2': sm2}[token.header['alg']](name, token)
    digest = DIGESTS[token.payload['_sd_alg']]
    check(
        f'{name}: digests of the disclosures, in order of their values',
        lambda: sorted(map(digest, token.disclosures)) == token.payload['_sd'],
    )
    other, listed = next(iter(token.payload['itemDigests'].items()))
    check(f'{name}: digests in {other}', lambda: sorted(map(DIGESTS[other], token.disclosures)) == listed)
    check(f'{name}: a disclosure changed', lambda: digest(flip(token.disclosures[0])) not in token.payload['_sd'])
finish()
